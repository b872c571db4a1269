import { errorOf, type ProblemCode, retryAfterOf } from './errors.ts'

export type RetryOptions = {
  fetch: typeof fetch
  /** how often a call is sent at most */
  attempts: number
  /** how long one attempt may take */
  timeout_ms: number
}

/** Errors that pass by themselves. A request under the same Idempotency-Key takes effect once, so it may be sent again. */
const PASSING: ProblemCode[] = [
  'temporarily_unavailable',
  'idempotency_in_progress',
  'internal_error',
  'too_many_requests',
]

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000

/** A fetch that repeats a request while no answer comes, or an error that passes by itself. */
export function retryingFetch({ fetch, attempts, timeout_ms }: RetryOptions): (request: Request) => Promise<Response> {
  return async request => {
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= attempts
      const response = await sendOnce(fetch, request, timeout_ms).catch(error => {
        if (last || request.signal.aborted) throw error
        return null
      })
      if (response && (last || !(await passes(response)))) return response
      await pause(attempt, response && retryAfterOf(response), request.signal)
    }
  }
}

function sendOnce(send: typeof fetch, request: Request, timeout_ms: number): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeout_ms)])
  return send(request.clone(), { signal })
}

async function passes(response: Response): Promise<boolean> {
  if (response.ok) return false
  return PASSING.includes((await errorOf(response.clone())).code)
}

/** Longer after each attempt, and never the same for many clients. */
async function pause(attempt: number, retryAfter: number | null, signal: AbortSignal): Promise<void> {
  const growing = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
  const milliseconds = Math.max(growing * (0.5 + Math.random() / 2), (retryAfter ?? 0) * 1000)
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
  signal.throwIfAborted()
}
