import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from './lotkeeper.ts'
import { until } from './until.ts'

/** Posts as the contract asks of clients: what is answered with 503 is sent again, the same under the same key. */
export function insist(caller: Caller, path: string, body: object): Promise<Answer> {
  const key = randomUUID()
  return until(
    () => caller.post(path, body, key),
    ({ status }) => status !== 503,
  )
}
