import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from './caller.ts'

/** Audits an account. On a busy machine that takes longer than callers wait: the same key then asks for it again. */
export async function runAudit(caller: Caller, path: string, request = randomUUID()): Promise<Answer> {
  const answer = await caller.post(`${path}/audits`, {}, request)
  return answer.status === 503 ? runAudit(caller, path, request) : answer
}
