import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from './caller.ts'
import { postWithRetry, whileUnavailable } from './retries.ts'

/** One account on a test clock, with shortcuts for its calls. */
export type Timeline = {
  /** /v1/accounts/… */
  path: string
  caller: Caller
  advance(to: string): Promise<void>
  join(body: object): Promise<Answer['body']>
  /** Sends an event to a membership. */
  tell(id: string, event: string, body?: object): Promise<Answer['body']>
  /** Support gives it credits. */
  give(source: string, amount: number, fields?: object): Promise<Answer['body']>
  /** Asks for a generation. */
  generate(body: object): Promise<Answer>
  /** Sends the outcome of a generation: complete, fail, cancel, report-defect. */
  settle(id: string, how: string, body?: object): Promise<Answer['body']>
  balance(): Promise<Answer['body']>
  /** `amount source day → expiry day`, oldest first */
  lots(): Promise<string[]>
  /** The movements in short, oldest first. */
  moves(): Promise<string[]>
}

/** @param now where the clock begins, ISO 8601 */
export async function startTimeline(caller: Caller, now: string, fields: object = {}): Promise<Timeline> {
  const path = `/v1/accounts/${randomUUID()}`
  const ok = (answer: Answer) => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const post = async (to: string, body: object) => ok(await postWithRetry(caller, to, body))
  const clock = await post('/v1/test-clocks', { now })
  ok(await whileUnavailable(() => caller.put(path, { test_clock: clock.id, ...fields })))
  const day = (time: string | null) =>
    time === null ? 'never' : time.replace('T00:00:00.000Z', '').replace('.000Z', '')
  return {
    path,
    caller,
    advance: to => post(`/v1/test-clocks/${clock.id}/advance`, { to }),
    join: body => post(`${path}/memberships`, body),
    tell: (id, event, body = {}) => post(`/v1/memberships/${id}/${event}`, body),
    give: (source, amount, fields = {}) => post(`${path}/grants`, { source, amount, reason: 'test', ...fields }),
    generate: body => caller.post(`${path}/generations`, body),
    settle: (id, how, body = {}) => post(`/v1/generations/${id}/${how}`, body),
    balance: async () => ok(await caller.get(`${path}/balance`)),
    lots: async () => {
      const { data } = ok(await caller.get(`${path}/lots?limit=100`))
      type LotBody = Record<string, string> & { granted: number }
      return data
        .sort((a: LotBody, b: LotBody) => Number(a.id) - Number(b.id))
        .map(
          (lot: LotBody) =>
            `${lot.granted} ${lot.source} ${day(lot.granted_at ?? null)} → ${day(lot.expires_at ?? null)}`,
        )
    },
    moves: async () => {
      const { data } = ok(await caller.get(`${path}/entries?limit=100`))
      return data
        .reverse()
        .map((e: Record<string, string>) => `${day(e.at ?? null)} ${e.amount} ${e.source}: ${e.from} → ${e.to}`)
    },
  }
}
