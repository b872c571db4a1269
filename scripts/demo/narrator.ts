import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from '../running.ts'

/** Time to read a step before the next one changes the page. */
const READING_MS = 2_000

export type Narrator = {
  chapter(words: string): void
  /** Prints a step, after time to read the one before it. */
  step(words: string): Promise<void>
  /** Prints fields of an answer and the account's credits. */
  show(reply: Reply, ...fields: string[]): void
  /** Prints a line for each event. */
  history(events: unknown): void
}

/** Prints the demo to standard output; without pauses unless it is a terminal. */
export function createNarrator(): Narrator {
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
