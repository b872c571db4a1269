import { readFileSync } from 'node:fs'
import path from 'node:path'
import { accountKey } from '../../db/accounts/account-key.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { reserveAndCommit } from '../ledger/reserve-and-commit.ts'
import { compare } from '../measure/compare.ts'
import { assertConsistent } from '../measure/consistency.ts'
import { closedLoop, runConcurrently } from '../measure/load.ts'
import { latency, limited, type Result, throughput } from '../measure/results.ts'
import { createAccounts } from '../setup/accounts.ts'
import type { Bench } from '../setup/bench.ts'
import { logProgress } from '../setup/progress.ts'
import { createDatabase, runSql } from '../setup/servers.ts'
import { copyFromPostgres, exportOverHttp } from './export.ts'

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

/** Entries of the first account, whose history is exported; a smaller ledger has no others. */
const FIRST_ACCOUNT = 1_000_000
const OTHER_ACCOUNTS = 10_000
const CONCURRENCY = 2

/**
 * Fills a ledger with settled generations, in SQL. They differ from real ones only in their idempotency records, which are
 * shorter.
 * @returns the accounts, the one with the longest history first
 */
async function fillLedger(databaseUrl: string, policy: Policy, entries: number): Promise<string[]> {
  const others = Math.ceil(Math.max(0, entries - FIRST_ACCOUNT) / OTHER_ACCOUNTS)
  const db = connectDb(databaseUrl, CONCURRENCY, { statementSeconds: 900 })
  try {
    const accounts = await createAccounts(db, policy, 'full', 1 + others)
    await db.query(readFileSync(path.join(import.meta.dirname, 'fill-account.sql'), 'utf8'))
    await runConcurrently(accounts.length, CONCURRENCY, index =>
      db.query('select fill_account($1, $2, $3)', [
        accountKey(policy.product, accounts[index] as string),
        policy.product,
        (index === 0 ? Math.min(FIRST_ACCOUNT, entries) : OTHER_ACCOUNTS) / 2,
      ]),
    )
    await runSql(databaseUrl, 'vacuum analyze', 'checkpoint')
    return accounts
  } finally {
    await db.end()
  }
}
