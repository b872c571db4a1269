import { useEffect } from 'react'

/** Calls `act` when a key is pressed outside of fields and dialogs. */
export function useShortcut(key: string, act: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog')
      if (event.key !== key || isTyping || event.metaKey || event.ctrlKey || event.altKey) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
}
