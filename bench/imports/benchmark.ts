import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Sample, toSample } from '../measure/load.ts'
import { metric, type Result, throughput } from '../measure/results.ts'
import type { Bench } from '../setup/bench.ts'
import { logProgress } from '../setup/progress.ts'
import { createDatabase } from '../setup/servers.ts'
import type { Imported } from './importer.ts'

const LOTS_PER_ACCOUNT = 2

/** An import of many lots, compared with COPY of the same file into a table without indexes. Each runs once. */
export async function benchmarkImports(bench: Bench): Promise<Result[]> {
  const { config, policy, plan } = bench
  const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-bench-import-'))
  try {
    const lots = plan.entries
    logProgress(`Importing ${lots} lots`)
    const file = path.join(folder, 'lots.csv')
    await pipeline(Readable.from(linesOf(lots, Object.keys(policy.sources)[0] ?? '')), createWriteStream(file))
    const url = await createDatabase(config.databaseUrl, 'imported')
    const copied = await copyFile(url, file, lots)
    const args = [url, config.policiesDir, policy.product, folder]
    const { ready } = await bench.startChild<Imported>('imports/importer', args)
    if (ready.rejected > 0) throw new Error(`${ready.rejected} lines were rejected`)
    const imported: Sample = { per_second: lots / ready.seconds, latencies_ms: [] }
    return [
      throughput(
        { name: `import of ${lots} lots`, against: 'COPY of the same file', goal: null },
        [imported],
        [copied],
      ),
      metric('peak memory of the import', 'MB', ready.peak_mb),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function* linesOf(lots: number, source: string): Generator<string> {
  yield 'id,account,source,amount,granted,granted_at,expires_at\n'
  const [granted, expires] = ['2026-06-01T00:00:00Z', '2099-12-31T00:00:00Z']
  for (let lot = 0; lot < lots; lot++) {
    const account = Math.floor(lot / LOTS_PER_ACCOUNT)
    // Half of the lots were spent in part.
    yield `lot-${lot},user-${account},${source},${100 - (lot % 2)},100,${granted},${expires}\n`
  }
}

async function copyFile(url: string, file: string, lots: number): Promise<Sample> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`create table copied (id text, account text, source text, amount bigint, granted bigint,
      granted_at timestamptz, expires_at timestamptz)`)
    const started = performance.now()
    await pipeline(createReadStream(file), client.query(copyFrom('copy copied from stdin (format csv, header)')))
    return toSample([], started, lots)
  } finally {
    await client.end()
  }
}
