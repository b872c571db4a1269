import { setTimeout } from 'node:timers/promises'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { waitFor } from '../support/wait-for.ts'

/** One of several API processes. */
export type ApiProcess = { caller: Caller; ready(): Promise<void> }

/** Counts of the requests of all clients. */
export type ClientStats = {
  sent: number
  /** answered with another status than 503 or 429 */
  answered: number
  /** answered with 503 */
  unavailable: number
  /** not answered, because the connection or the process ended */
  broken: number
  /** answers that a correct client must not get */
  wrong: string[]
}

export type RetryingClient = Caller & {
  /** Posts without a retry after 503, which means that nothing was done. @returns null for 503 */
  postOnce(path: string, body: object): Promise<Answer | null>
}

/**
 * A client that follows the contract: repeats after 503, after 429 (both after Retry-After) and after no answer, under
 * the same Idempotency-Key, each time at another API process.
 */
export function retryingClient(apis: ApiProcess[], stats: ClientStats): RetryingClient {
  let next = 0
  const retry = async (path: string, call: (caller: Caller) => Promise<Answer>): Promise<Answer> => {
    const isAnswer = (answer: Answer | string) => typeof answer !== 'string'
    return (await waitFor(`an answer from ${path}`, () => attempt(path, call), isAnswer, 180)) as Answer
  }
  const attempt = async (path: string, call: (caller: Caller) => Promise<Answer>) => {
    const api = apis[next++ % apis.length] as ApiProcess
    await api.ready()
    stats.sent += 1
    const answer = await call(api.caller).catch(() => undefined)
    if (answer === undefined) {
      stats.broken += 1
      return 'broken'
    }
    const isFault = answer.status === 503 && answer.body.code === 'temporarily_unavailable'
    // Clients may exceed the rate limit of their account.
    if (isFault || answer.status === 429) {
      if (isFault) stats.unavailable += 1
      await setTimeout(Number(answer.headers.get('retry-after')) * 1000)
      return 'unavailable'
    }
    stats.answered += 1
    if (answer.status >= 300) stats.wrong.push(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer
  }
  return {
    get: (path, headers) => retry(path, caller => caller.get(path, headers)),
    put: (path, body) => retry(path, caller => caller.put(path, body)),
    delete: path => retry(path, caller => caller.delete(path)),
    post: (path, body, key: string = crypto.randomUUID()) => retry(path, caller => caller.post(path, body, key)),
    postOnce: async (path, body) => {
      const key = crypto.randomUUID()
      const post = (caller: Caller) => caller.post(path, body, key)
      const answer = await attempt(path, post)
      // Without an answer the result is unknown, so ask again.
      return answer === 'broken' ? retry(path, post) : answer === 'unavailable' ? null : answer
    },
  }
}
