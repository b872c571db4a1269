import { type ReactNode, useEffect, useRef, useState } from 'react'

type Props = { open: boolean; summary: ReactNode; children: ReactNode }

/** An item of a list that opens; the one that the address names is open, and in view. */
export function Opened({ open, summary, children }: Props) {
  const [isOpen, setOpen] = useState(open)
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (!open) return
    setOpen(true)
    details.current?.scrollIntoView({ block: 'center' })
  }, [open])
  return (
    <details ref={details} open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && <div className="inside">{children}</div>}
    </details>
  )
}
