import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../plan.ts'
import type { Sample } from './load.ts'

/** One of the loads that are held side by side. */
export type Contender = (seconds: number) => Promise<Sample>

const REST_MS = 300

/**
 * Runs contenders in turns, so that a disturbance of the machine falls on all of them: first a warm-up that does not
 * count, of so many seconds, then round after round.
 * @returns each one's samples, a sample per round
 */
export async function contest<Contenders extends Record<string, Contender>>(
  contenders: Contenders,
  { seconds, rounds }: Pick<Plan, 'seconds' | 'rounds'>,
  warmUp = seconds,
): Promise<{ [Name in keyof Contenders]: Sample[] }> {
  const names = Object.keys(contenders)
  const samples = Object.fromEntries(names.map(name => [name, [] as Sample[]]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const sample = await contender(round > 0 ? seconds : warmUp)
      if (round > 0) samples[name]?.push(sample)
      await sleep(REST_MS)
    }
  }
  return samples as { [Name in keyof Contenders]: Sample[] }
}
