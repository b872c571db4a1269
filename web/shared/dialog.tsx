import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useLocale } from './locale.ts'

type Props = { title: string; onClose: () => void; children: ReactNode }

/** A native modal dialog; returns the focus when it closes. */
export function Dialog({ title, onClose, children }: Props) {
  const { t } = useLocale()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <div className="dialog-top">
        <h2 id={id}>{title}</h2>
        <button type="button" className="quiet" onClick={onClose} aria-label={t.close}>
          <span aria-hidden="true">✕</span>
        </button>
      </div>
      {children}
    </dialog>
  )
}
