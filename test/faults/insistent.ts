import { setTimeout } from 'node:timers/promises'
import type { Answer, Caller } from '../support/lotkeeper.ts'

/** One of several API processes that a client may turn to. */
export type Door = { caller: Caller; ready(): Promise<void> }

/** What clients went through. */
export type Experience = {
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

export type Insistent = Caller & {
  /** Posts, and gives up where it is turned away: nothing was done then, says the contract. @returns null if so */
  postOnce(path: string, body: object): Promise<Answer | null>
}

/**
 * A client as the contract wants it: what was answered with 503 or 429, after the time that the answer names, or not at all, is
 * sent again, the same under the same Idempotency-Key, to another API process each time.
 */
export function insistent(doors: Door[], experience: Experience): Insistent {
  let next = 0
  const insist = async (path: string, call: (caller: Caller) => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      const answer = await attempt(path, call)
      if (answer !== 'broken' && answer !== 'turned away') return answer
    }
  }
  const attempt = async (path: string, call: (caller: Caller) => Promise<Answer>) => {
    const door = doors[next++ % doors.length] as Door
    await door.ready()
    experience.sent += 1
    const answer = await call(door.caller).catch(() => undefined)
    if (answer === undefined) {
      experience.broken += 1
      return 'broken'
    }
    const isFault = answer.status === 503 && answer.body.code === 'temporarily_unavailable'
    // Where all is well, clients may be quicker than their account may be.
    if (isFault || answer.status === 429) {
      if (isFault) experience.turnedAway += 1
      await setTimeout(Number(answer.headers.get('retry-after')) * 1000)
      return 'turned away'
    }
    experience.answered += 1
    if (answer.status >= 300)
      experience.wrong.push(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer
  }
  return {
    get: (path, headers) => insist(path, caller => caller.get(path, headers)),
    put: (path, body) => insist(path, caller => caller.put(path, body)),
    delete: path => insist(path, caller => caller.delete(path)),
    post: (path, body, key: string = crypto.randomUUID()) =>
      insist(path, caller => caller.post(path, body, key)),
    postOnce: async (path, body) => {
      const key = crypto.randomUUID()
      const post = (caller: Caller) => caller.post(path, body, key)
      const answer = await attempt(path, post)
      // Who heard nothing does not know, and must ask.
      return answer === 'broken' ? insist(path, post) : answer === 'turned away' ? null : answer
    },
  }
}
