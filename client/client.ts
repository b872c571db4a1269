import { randomUUID } from 'node:crypto'
import type { Calls, ProblemCode } from './contract.ts'
import { LotkeeperError } from './error.ts'

export type CallName = keyof Calls

type Filled<T> = keyof T extends never ? { [K in never]: never } : T
type Part<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : keyof T extends never
    ? unknown
    : Record<never, never> extends T
      ? { [K in Name]?: T }
      : { [K in Name]: Filled<T> }

/** What a call takes: the parts that it has, as the contract says. */
export type Given<N extends CallName> = Part<'params', Calls[N]['params']> &
  Part<'query', Calls[N]['query']> &
  Part<'body', Calls[N]['body']> & {
    /** a business key of yours, where the call may be repeated by another process; else each call has one of its own */
    idempotencyKey?: string
  }

export type Lotkeeper = {
  /** Makes one call. @throws LotkeeperError with the refusal's code */
  call<N extends CallName>(name: N, given: Given<N>): Promise<Calls[N]['answer']>
}

export type Settings = {
  /** such as https://credits.example.com */
  url: string
  key: string
  /** how often a call is sent at most */
  attempts?: number
  /** how long one attempt may take */
  timeout_ms?: number
  fetch?: typeof fetch
}

/** Nothing was done, or it will be answered alike: these are sent again, with the same key. */
const again: ProblemCode[] = ['temporarily_unavailable', 'idempotency_in_progress', 'internal_error']

/** A client of one product's key. Each POST carries an Idempotency-Key, the same one in every attempt. */
export function connect(settings: Settings): Lotkeeper {
  const { attempts = 5 } = settings
  return {
    async call(name, given) {
      const key = (given as { idempotencyKey?: string }).idempotencyKey ?? randomUUID()
      for (let attempt = 1; ; attempt++) {
        try {
          return await send(settings, name, given as Loose, key)
        } catch (error) {
          const wait = attempt < attempts ? waitAfter(error, attempt) : null
          if (wait === null) throw error
          await new Promise(resolve => setTimeout(resolve, wait))
        }
      }
    },
  }
}

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

async function send<N extends CallName>(
  { url, key, timeout_ms = 10_000, fetch: ask = fetch }: Settings,
  name: N,
  { params = {}, query = {}, body }: Loose,
  idempotencyKey: string,
): Promise<Calls[N]['answer']> {
  const [method = '', template = ''] = name.split(' ')
  const path = template.replaceAll(/\{(\w+)\}/g, (_, part) => encodeURIComponent(params[part] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, String(value)] as [string, string]],
    ),
  )
  const response = await ask(`${url}${path}${search.size > 0 ? `?${search}` : ''}`, {
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
  return (text ? JSON.parse(text) : null) as Calls[N]['answer']
}

/** Milliseconds until the next attempt, or null where another one would be answered alike. */
function waitAfter(error: unknown, attempt: number): number | null {
  const backoff = 100 * 2 ** attempt
  // Not answered at all: it may have been done, and the key makes it safe to ask again.
  if (!(error instanceof LotkeeperError)) return backoff
  if (error.code === 'too_many_requests') return (error.retry_after_seconds ?? 1) * 1000
  return again.includes(error.code) ? backoff : null
}
