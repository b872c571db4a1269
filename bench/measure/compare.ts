import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../plan.ts'
import type { Sample } from './load.ts'

/** Runs a load for a number of seconds. */
export type Candidate = (seconds: number) => Promise<Sample>

const PAUSE_MS = 300

/**
 * Runs the candidates alternately, so that a disturbance of the machine affects all of them: one warm-up round, then the
 * measured rounds.
 * @param warmUp duration of the warm-up in seconds
 * @returns one sample per candidate and round
 */
export async function compare<Candidates extends Record<string, Candidate>>(
  candidates: Candidates,
  { seconds, rounds }: Pick<Plan, 'seconds' | 'rounds'>,
  warmUp = seconds,
): Promise<{ [Name in keyof Candidates]: Sample[] }> {
  const samples = Object.fromEntries(Object.keys(candidates).map(name => [name, [] as Sample[]]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, candidate] of Object.entries(candidates)) {
      const sample = await candidate(round > 0 ? seconds : warmUp)
      if (round > 0) samples[name]?.push(sample)
      await sleep(PAUSE_MS)
    }
  }
  return samples as { [Name in keyof Candidates]: Sample[] }
}
