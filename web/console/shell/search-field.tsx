import { type FormEvent, useRef } from 'react'
import { texts } from '../texts/index.ts'
import { navigate, useAddress, useHref } from './navigation.tsx'
import { useShortcut } from './shortcut.ts'

/** One field for everything that a customer may tell. `/` leads to it. */
export function SearchField() {
  const { steps, query } = useAddress()
  const href = useHref()
  const field = useRef<HTMLInputElement>(null)
  useShortcut('/', () => field.current?.focus())
  const asked = steps[1] === 'search' ? (query.get('q') ?? '') : ''
  const search = (event: FormEvent) => {
    event.preventDefault()
    const q = field.current?.value.trim()
    if (q) navigate(href(['search'], { q }))
  }
  return (
    <search className="search">
      <form onSubmit={search}>
        <input
          key={asked}
          ref={field}
          type="search"
          name="q"
          defaultValue={asked}
          aria-label={texts.search}
          placeholder={texts.search_for}
          maxLength={200}
        />
      </form>
    </search>
  )
}
