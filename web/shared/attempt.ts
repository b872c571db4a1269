import { useRef, useState } from 'react'
import { newKey, Problem } from './ask.ts'
import { useSpeech } from './texts.ts'

/** Something that a visitor asks for: one at a time, and with the same key when it is tried again after a failure. */
export function useAttempt<T>(work: (key: string) => Promise<T>): {
  busy: boolean
  problem: string | null
  attempt: () => Promise<T | undefined>
} {
  const { t } = useSpeech()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const key = useRef(newKey())
  const attempt = async () => {
    if (busy) return undefined
    setBusy(true)
    setProblem(null)
    try {
      const done = await work(key.current)
      key.current = newKey()
      return done
    } catch (error) {
      const code = error instanceof Problem ? error.code : ''
      // A refusal may be answered by other words of the visitor, which are another request.
      if (error instanceof Problem && error.status >= 400 && error.status < 500) key.current = newKey()
      setProblem(t.problems[code] ?? t.problem)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, attempt }
}
