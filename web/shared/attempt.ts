import { useRef, useState } from 'react'
import { ApiError, newKey } from './call-api.ts'
import { useLocale } from './locale.ts'

/** A user action: one at a time; a retry after a failure reuses the idempotency key. */
export function useAttempt<T, A extends unknown[] = []>(
  work: (key: string, ...input: A) => Promise<T>,
): {
  busy: boolean
  problem: string | null
  attempt: (...input: A) => Promise<T | undefined>
} {
  const { t } = useLocale()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const key = useRef(newKey())
  const attempt = async (...input: A) => {
    if (busy) return undefined
    setBusy(true)
    setProblem(null)
    try {
      const done = await work(key.current, ...input)
      key.current = newKey()
      return done
    } catch (error) {
      const code = error instanceof ApiError ? error.code : ''
      // After a refusal the user may change the input, which makes another request.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) key.current = newKey()
      setProblem(t.problems[code] ?? t.problem)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, attempt }
}
