// npm run bench: what Lotkeeper does per second, beside the engines it stands on.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type AppConfig, readConfig } from '../platform/config.ts'
import { policyOf, readPolicies } from '../platform/policy-store.ts'
import { sentence } from '../platform/run-command.ts'
import { entryRows } from './entries/benchmark.ts'
import { footprintRows } from './footprint/benchmark.ts'
import { generationRows } from './generations/benchmark.ts'
import { httpRows } from './http/benchmark.ts'
import { ledgerRows } from './ledger/benchmark.ts'
import { checkConservation } from './measure/consistency.ts'
import type { Row } from './measure/results.ts'
import { table } from './measure/table.ts'
import { membershipRows } from './memberships/benchmark.ts'
import { idleRows } from './memberships/idle.ts'
import { type Plan, plans } from './plan.ts'
import { scaleRows } from './scale/benchmark.ts'
import { onServers, say } from './setup/servers.ts'

const contests = {
  ledger: ledgerRows,
  http: httpRows,
  generations: generationRows,
  memberships: membershipRows,
  entries: entryRows,
  footprint: footprintRows,
  scale: scaleRows,
  idle: idleRows,
}
/** What is measured only when it is asked for by name. */
const extras = ['scale', 'idle']

const options = readOptions()
const usual = plans[options.short ? 'short' : options.big ? 'big' : 'usual']
const plan: Plan = {
  ...usual,
  seconds: Number(options.seconds ?? usual.seconds),
  rounds: Number(options.rounds ?? usual.rounds),
}
const product = 'kvidai'
/** All load comes with one key, which would be refused by the minute. */
const variables = { PORT: '0', LOG_LEVEL: 'error', REQUESTS_PER_MINUTE: '100000000' }

/** What the command line says; what it cannot say ends the program with a sentence. */
function readOptions() {
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
    if (values.only && !(values.only in contests))
      throw new Error(`--only is one of ${Object.keys(contests).join(', ')}`)
    return values
  } catch (error) {
    say(`${sentence(error)}\ndocs/performance.md tells what it takes.`)
    process.exit(1)
  }
}

/** One that comes to nothing is told as a fault and does not keep the others from being measured. */
async function measure(config: AppConfig): Promise<{ rows: Row[]; faults: string[] }> {
  const policy = policyOf(readPolicies(config.policiesDir), product)
  const rows: Row[] = []
  const faults: string[] = []
  for (const [name, run] of Object.entries(contests)) {
    if (options.only ? options.only !== name : extras.includes(name)) continue
    say(`Measuring ${name}: a warm-up and ${plan.rounds} rounds of ${plan.seconds} s each`)
    try {
      const found = await run(config, policy, plan)
      rows.push(...found)
      say(table(found))
    } catch (error) {
      const fault = `${name} was not measured: ${error instanceof Error ? error.message : error}`
      say(fault)
      faults.push(fault)
    }
  }
  return { rows, faults: [...faults, ...(await checkConservation(config.databaseUrl))] }
}

const { rows, faults } = await onServers(
  ({ dataDir, ...servers }) =>
    measure({ ...readConfig({ LOTKEEPER_DATA_DIR: dataDir, ...variables }), ...servers }),
  options['temporal-server'],
)
process.stdout.write(`${table(rows)}\n\n`)
process.stdout.write(
  faults.length === 0 ? 'The book agrees with itself; all that was reserved was settled.\n' : '',
)
for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`)
if (options.json) await writeFile(options.json, `${JSON.stringify({ rows, faults }, null, 2)}\n`)
process.exit(faults.length > 0 ? 1 : 0)
