import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from './caller.ts'

/** Audits an account; repeats after 503 under the same key, since an audit may outlast the response deadline. */
export async function runAudit(caller: Caller, path: string, request = randomUUID()): Promise<Answer> {
  const answer = await caller.post(`${path}/audits`, {}, request)
  return answer.status === 503 ? runAudit(caller, path, request) : answer
}
