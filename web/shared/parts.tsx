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
