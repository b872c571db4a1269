import { useLocale } from './locale.ts'

/** What went wrong with an action, if anything. */
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
