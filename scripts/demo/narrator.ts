import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from '../running.ts'
import { print, styled } from '../terminal.ts'

/** Time to read a step before the next one changes the page. */
const READING_MS = 2_000

export type Narrator = ReturnType<typeof createNarrator>

/** Prints the demo to standard output; without pauses unless it is a terminal. */
export function createNarrator() {
  let number = 0
  return {
    chapter: (words: string) => print(`\n${styled('bold', `── ${words} ──`)}`),
    /** Prints a step, after time to read the one before it. */
    step: async (words: string) => {
      if (number > 0 && process.stdout.isTTY) await sleep(READING_MS)
      print(`\n${styled('bold', `${++number}.`)} ${words}`)
    },
    /** Prints fields of an answer and the account's credits. */
    show: ({ status, credits, body }: Reply, ...fields: string[]) => {
      for (const field of fields) print(`   ${field}: ${JSON.stringify(body[field])}`)
      print(`   ${styled(status < 400 ? 'green' : 'yellow', `→ ${status}`)}; ${credits}`)
    },
    history: (events: unknown) => {
      for (const { at, what } of events as { at: string; what: string }[]) print(`   ${at} ${what}`)
    },
  }
}
