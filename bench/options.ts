import { parseArgs } from 'node:util'
import { sentence } from '../platform/run-command.ts'
import { type Plan, plans } from './plan.ts'
import { logProgress } from './setup/progress.ts'

export type Options = {
  plan: Plan
  only: string | undefined
  jsonFile: string | undefined
  temporalServer: string | undefined
}

/** Reads the command line; invalid options end the process. */
export function readOptions(benchmarks: string[]): Options {
  try {
    const { values } = parseArgs({
      options: {
        short: { type: 'boolean' },
        big: { type: 'boolean' },
        'temporal-server': { type: 'string' },
        json: { type: 'string' },
        only: { type: 'string' },
        seconds: { type: 'string' },
        rounds: { type: 'string' },
      },
    })
    const { short, big, only, json: jsonFile, 'temporal-server': temporalServer } = values
    if (only && !benchmarks.includes(only)) throw new Error(`--only must be one of ${benchmarks.join(', ')}`)
    const preset = plans[short ? 'short' : big ? 'big' : 'usual']
    const plan = {
      ...preset,
      seconds: Number(values.seconds ?? preset.seconds),
      rounds: Number(values.rounds ?? preset.rounds),
    }
    return { plan, only, jsonFile, temporalServer }
  } catch (error) {
    logProgress(`${sentence(error)}\ndocs/performance.md describes the options.`)
    process.exit(1)
  }
}
