// npm run bench: measures Lotkeeper's throughput, latency and resource use relative to baselines on the same servers.
import { writeFile } from 'node:fs/promises'
import { type AppConfig, readConfig } from '../platform/config.ts'
import { policyOf, readPolicies } from '../platform/policy-store.ts'
import { benchmarkEntries } from './entries/benchmark.ts'
import { benchmarkFootprint } from './footprint/benchmark.ts'
import { benchmarkGenerations } from './generations/benchmark.ts'
import { benchmarkHttp } from './http/benchmark.ts'
import { benchmarkImports } from './imports/benchmark.ts'
import { benchmarkLedger } from './ledger/benchmark.ts'
import { findInconsistencies } from './measure/consistency.ts'
import { type Result, table } from './measure/results.ts'
import { benchmarkMemberships } from './memberships/benchmark.ts'
import { benchmarkIdleMemberships } from './memberships/idle.ts'
import { readOptions } from './plan.ts'
import { benchmarkScale } from './scale/benchmark.ts'
import { Bench } from './setup/bench.ts'
import { logProgress } from './setup/progress.ts'
import { withServers } from './setup/servers.ts'

const benchmarks = {
  ledger: benchmarkLedger,
  http: benchmarkHttp,
  generations: benchmarkGenerations,
  memberships: benchmarkMemberships,
  entries: benchmarkEntries,
  footprint: benchmarkFootprint,
  scale: benchmarkScale,
  idle: benchmarkIdleMemberships,
  imports: benchmarkImports,
}
/** Run only when selected by --only. */
const ON_DEMAND = ['scale', 'idle', 'imports']
const PRODUCT = 'kvidai'
/** The load uses a single API key, whose default rate limit would reject it. */
const VARIABLES = { PORT: '0', LOG_LEVEL: 'error', REQUESTS_PER_MINUTE: '100000000' }

const { plan, only, jsonFile, temporalAddress } = readOptions(Object.keys(benchmarks))

/** Runs the selected benchmarks; a failed one is reported and the others still run. */
async function measure(config: AppConfig): Promise<{ results: Result[]; failures: string[] }> {
  const policy = policyOf(readPolicies(config.policiesDir), PRODUCT)
  const results: Result[] = []
  const failures: string[] = []
  for (const [name, run] of Object.entries(benchmarks)) {
    if (only ? only !== name : ON_DEMAND.includes(name)) continue
    logProgress(`Benchmark ${name}: a warm-up, then ${plan.seconds} s per round (rounds: ${plan.rounds})`)
    const bench = new Bench(config, policy, plan)
    try {
      const measured = await run(bench).finally(() => bench.close())
      results.push(...measured)
      logProgress(table(measured))
    } catch (error) {
      const failure = `benchmark ${name}: ${error instanceof Error ? error.message : error}`
      logProgress(`FAILED ${failure}`)
      failures.push(failure)
    }
  }
  return { results, failures: [...failures, ...(await findInconsistencies(config.databaseUrl))] }
}

const { results, failures } = await withServers(
  ({ dataDir, ...servers }) => measure({ ...readConfig({ LOTKEEPER_DATA_DIR: dataDir, ...VARIABLES }), ...servers }),
  temporalAddress,
)
const verdict = failures.length > 0 ? failures.map(failure => `FAILED ${failure}`) : ['Ledger verified: no errors.']
process.stdout.write(`${table(results)}\n\n${verdict.join('\n')}\n`)
if (jsonFile) await writeFile(jsonFile, `${JSON.stringify({ results, failures }, null, 2)}\n`)
process.exit(failures.length > 0 ? 1 : 0)
