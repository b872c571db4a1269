import { randomUUID } from 'node:crypto'
import type { Calls, ProblemCode } from './contract.ts'
import { LotkeeperError } from './error.ts'

export type CallName = keyof Calls

/** An argument of a call: absent if the call has none, optional if every field is. */
type Argument<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : keyof T extends never
    ? unknown
    : Record<never, never> extends T
      ? { [K in Name]?: T }
      : { [K in Name]: T }

export type CallArguments<N extends CallName> = Argument<'params', Calls[N]['params']> &
  Argument<'query', Calls[N]['query']> &
  Argument<'body', Calls[N]['body']> & {
    /** your business key, if another process may repeat the call; random by default */
    idempotencyKey?: string
  }

export type Lotkeeper = {
  /** Makes one call, such as 'POST /v1/accounts/{account}/grants'. @throws LotkeeperError with the error's code */
  call<N extends CallName>(name: N, args: CallArguments<N>): Promise<Calls[N]['response']>
}

export type ClientOptions = {
  /** such as https://credits.example.com */
  url: string
  /** an API key */
  key: string
  /** maximum number of attempts per call */
  attempts?: number
  /** time limit per attempt */
  timeout_ms?: number
  fetch?: typeof fetch
}

/** Errors after which a repetition with the same key is safe and may succeed. */
const RETRYABLE: ProblemCode[] = ['temporarily_unavailable', 'idempotency_in_progress', 'internal_error']

/** Creates a client for one product. All attempts of a POST carry the same Idempotency-Key. */
export function connect(options: ClientOptions): Lotkeeper {
  const { attempts = 5 } = options
  return {
    async call(name, args) {
      const key = (args as { idempotencyKey?: string }).idempotencyKey ?? randomUUID()
      for (let attempt = 1; ; attempt++) {
        try {
          return await send(options, name, args as UntypedArguments, key)
        } catch (error) {
          const delay = attempt < attempts ? retryDelay(error, attempt) : null
          if (delay === null) throw error
          await new Promise(resolve => setTimeout(resolve, delay))
        }
      }
    },
  }
}

type UntypedArguments = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

async function send<N extends CallName>(
  { url, key, timeout_ms = 10_000, fetch: fetchFrom = fetch }: ClientOptions,
  name: N,
  { params = {}, query = {}, body }: UntypedArguments,
  idempotencyKey: string,
): Promise<Calls[N]['response']> {
  const [method = '', template = ''] = name.split(' ')
  const path = template.replaceAll(/\{(\w+)\}/g, (_, param) => encodeURIComponent(params[param] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, String(value)] as [string, string]],
    ),
  )
  const response = await fetchFrom(`${url}${path}${search.size > 0 ? `?${search}` : ''}`, {
    method,
    signal: AbortSignal.timeout(timeout_ms),
    headers: {
      authorization: `Bearer ${key}`,
      ...(method === 'POST' ? { 'idempotency-key': idempotencyKey } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw LotkeeperError.of(response, text)
  return (text ? JSON.parse(text) : null) as Calls[N]['response']
}

/** Milliseconds until the next attempt, or null if the error is final. */
function retryDelay(error: unknown, attempt: number): number | null {
  const backoff = 100 * 2 ** attempt
  // No response: the call may have succeeded, and the key makes a repetition safe.
  if (!(error instanceof LotkeeperError)) return backoff
  if (error.code === 'too_many_requests') return (error.retry_after_seconds ?? 1) * 1000
  return RETRYABLE.includes(error.code) ? backoff : null
}
