import { parseArgs } from 'node:util'
import { sentence } from '../platform/run-command.ts'
import { logProgress } from './setup/progress.ts'

/** Durations and sizes of a run. */
export type Plan = {
  /** duration of each measurement */
  seconds: number
  /** measurements of each candidate after the warm-up */
  rounds: number
  /** warm-up of generations in seconds: at thirty per second V8 takes long to compile their code */
  warmUp: number
  /** of the account with many lots */
  lots: number
  /** in the full ledger */
  entries: number
  /** memberships due in the same second */
  wave: number
  /** measured waves, after a warm-up of a tenth of the size; starting the memberships takes most of the time */
  waves: number
  /** generations open at the same time */
  open: number
  /** memberships that wait for their next month */
  idle: number
}

/** `short` shows that every benchmark runs; `big` has the sizes that the goals state. */
export const plans = {
  usual: {
    seconds: 3,
    rounds: 3,
    warmUp: 60,
    lots: 10_000,
    entries: 1_000_000,
    wave: 1_000,
    waves: 2,
    open: 2_000,
    idle: 1_000,
  },
  short: {
    seconds: 1,
    rounds: 1,
    warmUp: 1,
    lots: 1_000,
    entries: 50_000,
    wave: 50,
    waves: 1,
    open: 200,
    idle: 100,
  },
  big: {
    seconds: 5,
    rounds: 3,
    warmUp: 60,
    lots: 10_000,
    entries: 10_000_000,
    wave: 5_000,
    waves: 1,
    open: 10_000,
    idle: 10_000,
  },
} satisfies Record<string, Plan>

/** Reads the command line; invalid options end the process. */
export function readOptions(benchmarks: string[]) {
  try {
    const { values } = parseArgs({
      options: {
        short: { type: 'boolean' },
        big: { type: 'boolean' },
        'temporal-address': { type: 'string' },
        json: { type: 'string' },
        only: { type: 'string' },
        seconds: { type: 'string' },
        rounds: { type: 'string' },
      },
    })
    const { short, big, only, json: jsonFile, 'temporal-address': temporalAddress } = values
    if (only && !benchmarks.includes(only)) throw new Error(`--only must be one of ${benchmarks.join(', ')}`)
    const preset = plans[short ? 'short' : big ? 'big' : 'usual']
    const plan = {
      ...preset,
      seconds: Number(values.seconds ?? preset.seconds),
      rounds: Number(values.rounds ?? preset.rounds),
    }
    return { plan, only, jsonFile, temporalAddress }
  } catch (error) {
    logProgress(`${sentence(error)}\ndocs/performance.md describes the options.`)
    process.exit(1)
  }
}
