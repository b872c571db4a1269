import type { components } from './api.ts'

/** The body of an error: code, detail and what else the code promises. */
export type Problem = components['schemas']['Problem']
export type ProblemCode = Problem['code']

type Limit = { limit: number; used: number; resets_at: string }

/** The fields that a code adds to the problem. */
export type ProblemFields = {
  insufficient_credits: { required: number; available: number; frozen: number }
  invalid_request: { errors: { path: string; message: string }[] }
  price_out_of_range: { minimum: number; maximum: number | null }
  scope_required: { required: string }
  daily_limit_reached: Limit
  fair_use_reached: Limit
  concurrency_limit_reached: { limit: number; used: number }
}

type FieldsOf<C extends ProblemCode> = C extends keyof ProblemFields ? ProblemFields[C] : unknown

/** An error that Lotkeeper answered. Nothing was changed if its status is a 4xx. */
export class LotkeeperError extends Error {
  /** stable; what to branch on */
  readonly code: ProblemCode
  /** HTTP status */
  readonly status: number
  readonly problem: Problem
  /** seconds after which a repetition may succeed, if known */
  readonly retry_after: number | null

  constructor(problem: Problem, status: number, retry_after: number | null = null) {
    super(problem.detail)
    this.name = 'LotkeeperError'
    this.code = problem.code
    this.status = status
    this.problem = problem
    this.retry_after = retry_after
  }
}

/**
 * Whether an error is a Lotkeeper error with this code; its `problem` then has the fields of the code.
 * @example if (isProblem(error, 'insufficient_credits')) offerCredits(error.problem.required - error.problem.available)
 */
export function isProblem<C extends ProblemCode>(
  error: unknown,
  code: C,
): error is LotkeeperError & { code: C; problem: FieldsOf<C> } {
  return error instanceof LotkeeperError && error.code === code
}

/** The error of an answer, which may come from a proxy and then has no code of its own. */
export async function errorOf(response: Response): Promise<LotkeeperError> {
  const text = await response.text()
  return new LotkeeperError(problemIn(text) ?? foreignProblem(response, text), response.status, retryAfterOf(response))
}

export function retryAfterOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds : null
}

function problemIn(text: string): Problem | null {
  try {
    const body = JSON.parse(text)
    return typeof body?.code === 'string' ? body : null
  } catch {
    return null
  }
}

function foreignProblem({ status, headers }: Response, text: string): Problem {
  return {
    type: 'about:blank',
    title: `status ${status}`,
    status,
    detail: text.slice(0, 200) || `status ${status}`,
    code: status >= 500 ? 'temporarily_unavailable' : 'internal_error',
    request_id: headers.get('x-request-id') ?? '',
  }
}
