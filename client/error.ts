import type { ProblemCode } from './contract.ts'

/** An error response of the API. `problem` is its body, with the fields documented for the code. */
export class LotkeeperError extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly problem: Record<string, unknown>
  readonly retry_after_seconds: number | null

  constructor(status: number, problem: Record<string, unknown>, retry_after_seconds: number | null) {
    super(String(problem.detail ?? problem.title ?? `status ${status}`))
    this.name = 'LotkeeperError'
    this.code = (problem.code ?? 'internal_error') as ProblemCode
    this.status = status
    this.problem = problem
    this.retry_after_seconds = retry_after_seconds
  }

  static of(response: Response, text: string): LotkeeperError {
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    return new LotkeeperError(response.status, parse(text), Number.isFinite(retryAfter) ? retryAfter : null)
  }
}

/** A proxy may respond with something other than JSON. */
function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return { detail: text.slice(0, 200) }
  }
}
