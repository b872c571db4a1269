import type { ReactNode } from 'react'
import { useLocale } from './locale.ts'

/** The error of an action, if any. */
export function Problem({ text }: { text: string | null }) {
  if (!text) return null
  return (
    <p className="problem" role="alert">
      {text}
    </p>
  )
}

/** A day and time. */
export function Moment({ at }: { at: string }) {
  const { f } = useLocale()
  return (
    <time className="soft" dateTime={at}>
      {f.moment(at)}
    </time>
  )
}

/** A name and its value in a list of facts. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
