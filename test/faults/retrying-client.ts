import { setTimeout } from 'node:timers/promises'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { waitFor } from '../support/wait-for.ts'

/** One of several API processes that a client may turn to. */
export type ApiProcess = { caller: Caller; ready(): Promise<void> }

/** What clients went through. */
export type ClientStats = {
  sent: number
  /** answered otherwise than with 503 or 429 */
  answered: number
  /** answered with 503 */
  turnedAway: number
  /** not answered, because the line or the process broke */
  broken: number
  /** answers that a client who does everything right must not get */
  wrong: string[]
}

export type RetryingClient = Caller & {
  /** Posts, and gives up where it is turned away: nothing was done then, says the contract. @returns null if so */
  postOnce(path: string, body: object): Promise<Answer | null>
}

/**
 * A client as the contract wants it: what was answered with 503 or 429, after the time that the answer names, or not at all, is
 * sent again, the same under the same Idempotency-Key, to another API process each time.
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
    // Where all is well, clients may be quicker than their account may be.
    if (isFault || answer.status === 429) {
      if (isFault) stats.turnedAway += 1
      await setTimeout(Number(answer.headers.get('retry-after')) * 1000)
      return 'turned away'
    }
    stats.answered += 1
    if (answer.status >= 300) stats.wrong.push(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer
  }
  return {
    get: (path, headers) => retry(path, caller => caller.get(path, headers)),
    put: (path, body) => retry(path, caller => caller.put(path, body)),
    delete: path => retry(path, caller => caller.delete(path)),
    post: (path, body, key: string = crypto.randomUUID()) =>
      retry(path, caller => caller.post(path, body, key)),
    postOnce: async (path, body) => {
      const key = crypto.randomUUID()
      const post = (caller: Caller) => caller.post(path, body, key)
      const answer = await attempt(path, post)
      // Who heard nothing does not know, and must ask.
      return answer === 'broken' ? retry(path, post) : answer === 'turned away' ? null : answer
    },
  }
}
