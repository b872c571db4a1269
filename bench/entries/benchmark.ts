import { accountKey } from '../../db/accounts/account-key.ts'
import { reserveAndCommit } from '../ledger/reserve-and-commit.ts'
import { compare } from '../measure/compare.ts'
import { assertConsistent } from '../measure/consistency.ts'
import { closedLoop } from '../measure/load.ts'
import { latency, limited, type Result, throughput } from '../measure/results.ts'
import { createAccounts } from '../setup/accounts.ts'
import type { Bench } from '../setup/bench.ts'
import { createDatabase } from '../setup/database.ts'
import { logProgress } from '../setup/progress.ts'
import { copyFromPostgres, exportOverHttp } from './export.ts'
import { fillLedger } from './fill-ledger.ts'

const ACCOUNTS = 100
const MAX_EXPORT_MB = 150

/** Reservations on a full ledger, which has a database of its own, and the export of a long history. */
export async function benchmarkEntries(bench: Bench): Promise<Result[]> {
  const { config, policy, plan } = bench
  const fullUrl = await createDatabase(config.databaseUrl, 'full')
  logProgress(`Filling a ledger with ${plan.entries} entries`)
  const accounts = await fillLedger(fullUrl, policy, plan.entries)
  const results = [
    await reserveOnFullLedger(bench, fullUrl, accounts),
    ...(await exportEntries(bench, fullUrl, accounts[0] as string)),
  ]
  await assertConsistent(fullUrl)
  return results
}

async function reserveOnFullLedger(bench: Bench, fullUrl: string, accounts: string[]): Promise<Result> {
  const { policy, plan } = bench
  const emptyDb = bench.connectDb(2)
  const emptyAccounts = await createAccounts(emptyDb, policy, 'empty', ACCOUNTS)
  const empty = reserveAndCommit(emptyDb, policy, emptyAccounts)
  const full = reserveAndCommit(bench.connectDb(2, fullUrl), policy, accounts)
  const samples = await compare(
    {
      empty: seconds => closedLoop({ clients: 1, operation: empty }, seconds),
      full: seconds => closedLoop({ clients: 1, operation: full }, seconds),
    },
    plan,
  )
  const name = `ledger: p50 of reserve, ${plan.entries} entries`
  return latency({ name, against: 'an empty ledger', goal: 1.2 }, 0.5, samples.full, samples.empty)
}

async function exportEntries(bench: Bench, databaseUrl: string, account: string): Promise<Result[]> {
  const { config, policy, plan } = bench
  const db = bench.connectDb(1, databaseUrl)
  const key = await bench.createKey('read', db)
  const { rows } = await db.query('select max(last_entry) as entries from accounts')
  const { entries } = rows[0]
  const api = await bench.startLotkeeper('api', { ...config, databaseUrl })
  const overHttp = exportOverHttp(api, { account, key, entries })
  const copy = copyFromPostgres(databaseUrl, accountKey(policy.product, account))
  const samples = await compare({ overHttp: overHttp.candidate, copy }, plan)
  return [
    throughput(
      { name: `export of ${entries} entries`, against: 'COPY … TO STDOUT', goal: 0.4 },
      samples.overHttp,
      samples.copy,
    ),
    limited('memory of the API during the export', 'MB', overHttp.peakMemoryMb(), MAX_EXPORT_MB),
  ]
}
