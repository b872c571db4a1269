import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from '../running.ts'

/** What a person needs to read a step, before the next one changes the page. */
const READING_MS = 2_000

export type Tell = {
  chapter(words: string): void
  /** Says what comes next; a person gets the time to read it. */
  step(words: string): Promise<void>
  /** Shows fields of an answer, and the credits of the account after it. */
  show(reply: Reply, ...fields: string[]): void
  /** What happened when, a line for each. */
  history(events: unknown): void
}

/** Tells the demo on standard output, at once where nobody watches. */
export function teller(): Tell {
  let number = 0
  return {
    chapter: words => console.log(`\n── ${words} ──`),
    step: async words => {
      if (number > 0 && process.stdout.isTTY) await sleep(READING_MS)
      console.log(`\n${++number}. ${words}`)
    },
    show: ({ status, credits, body }, ...fields) => {
      for (const field of fields) console.log(`   ${field}: ${JSON.stringify(body[field])}`)
      console.log(`   → ${status}; ${credits}`)
    },
    history: events => {
      for (const { at, what } of events as { at: string; what: string }[]) console.log(`   ${at} ${what}`)
    },
  }
}
