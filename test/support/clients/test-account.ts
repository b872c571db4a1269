import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from './caller.ts'
import { postWithRetry, whileUnavailable } from './retries.ts'

/** An account on a test clock, and calls for it. */
export type TestAccount = {
  /** /v1/accounts/… */
  path: string
  caller: Caller
  advance(to: string): Promise<void>
  join(body: object): Promise<Answer['body']>
  /** Posts an action to a membership: renew, change, cancel, lapse, reactivate. */
  updateMembership(id: string, action: string, body?: object): Promise<Answer['body']>
  /** Grants credits by hand. */
  grant(source: string, amount: number, fields?: object): Promise<Answer['body']>
  /** Reserves the credits of a generation. */
  generate(body: object): Promise<Answer>
  /** Posts the outcome of a generation: complete, fail, cancel, report-defect. */
  settle(id: string, outcome: string, body?: object): Promise<Answer['body']>
  balance(): Promise<Answer['body']>
  /** `amount source day → expiry day`, oldest first */
  lots(): Promise<string[]>
  /** `time amount source: from → to`, oldest first */
  entries(): Promise<string[]>
}

/** @param now the first time of its clock, ISO 8601 */
export async function createTestAccount(caller: Caller, now: string, fields: object = {}): Promise<TestAccount> {
  const path = `/v1/accounts/${randomUUID()}`
  const ok = (answer: Answer) => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const read = async (from: string) => ok(await whileUnavailable(() => caller.get(from)))
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
    updateMembership: (id, action, body = {}) => post(`/v1/memberships/${id}/${action}`, body),
    grant: (source, amount, fields = {}) => post(`${path}/grants`, { source, amount, reason: 'test', ...fields }),
    generate: body => caller.post(`${path}/generations`, body),
    settle: (id, outcome, body = {}) => post(`/v1/generations/${id}/${outcome}`, body),
    balance: () => read(`${path}/balance`),
    lots: async () => {
      const { data } = await read(`${path}/lots?limit=100`)
      type LotBody = Record<string, string> & { granted: number }
      return data
        .sort((a: LotBody, b: LotBody) => Number(a.id) - Number(b.id))
        .map(
          (lot: LotBody) =>
            `${lot.granted} ${lot.source} ${day(lot.granted_at ?? null)} → ${day(lot.expires_at ?? null)}`,
        )
    },
    entries: async () => {
      const { data } = await read(`${path}/entries?limit=100`)
      return data
        .reverse()
        .map(
          (entry: Record<string, string>) =>
            `${day(entry.at ?? null)} ${entry.amount} ${entry.source}: ${entry.from} → ${entry.to}`,
        )
    },
  }
}
