import { randomUUID } from 'node:crypto'
import { waitFor } from '../wait-for.ts'
import type { Answer, Caller } from './caller.ts'

/** Repeats a call while it is answered with 503. */
export function whileUnavailable(call: () => Promise<Answer>): Promise<Answer> {
  return waitFor('an answer other than 503', call, ({ status }) => status !== 503)
}

/** Posts under one Idempotency-Key, and again while it is answered with 503, as the contract asks of clients. */
export function postWithRetry(caller: Caller, path: string, body: object = {}): Promise<Answer> {
  const key = randomUUID()
  return whileUnavailable(() => caller.post(path, body, key))
}
