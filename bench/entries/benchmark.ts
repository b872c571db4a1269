import { accountKey } from '../../db/accounts/account-key.ts'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import { pairsOn } from '../ledger/reserve-and-commit.ts'
import { type Contender, contest } from '../measure/compare.ts'
import { demandConservation } from '../measure/consistency.ts'
import { closedLoop } from '../measure/load.ts'
import { latencyRow, limitRow, type Row, throughputRow } from '../measure/results.ts'
import type { Plan } from '../plan.ts'
import { startLotkeeper } from '../processes/start-lotkeeper.ts'
import { openAccounts } from '../setup/accounts.ts'
import { createDatabase, say } from '../setup/servers.ts'
import { copies, downloads } from './export.ts'
import { fillLedger } from './fill-ledger.ts'

const ACCOUNTS = 100
const EXPORT_MEMORY_MB = 150

/** What a long history costs: reserving on a full book, and the export of it. The full book is a database of its own. */
export async function entryRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const databaseUrl = await createDatabase(config.databaseUrl, 'full')
  say(`Filling a book with ${plan.entries} entries`)
  const accounts = await fillLedger(databaseUrl, policy, plan.entries)
  const rows = [
    ...(await besideAnEmptyBook(config.databaseUrl, databaseUrl, policy, accounts, plan)),
    ...(await exported({ ...config, databaseUrl }, policy, accounts[0] as string, plan)),
  ]
  await demandConservation(databaseUrl)
  return rows
}

async function besideAnEmptyBook(
  emptyUrl: string,
  fullUrl: string,
  policy: Policy,
  accounts: string[],
  plan: Plan,
): Promise<Row[]> {
  const [emptyBook, fullBook] = [connectDb(emptyUrl, 2), connectDb(fullUrl, 2)]
  try {
    const names = await openAccounts(emptyBook, policy, 'empty', ACCOUNTS)
    const empty = pairsOn(emptyBook, policy, names)
    const full = pairsOn(fullBook, policy, accounts)
    const samples = await contest(
      {
        empty: seconds => closedLoop({ clients: 1, work: empty }, seconds),
        full: seconds => closedLoop({ clients: 1, work: full }, seconds),
      },
      plan,
    )
    const name = `ledger: p50 of reserve, ${plan.entries} entries`
    return [latencyRow({ name, against: 'an empty book', goal: 1.2 }, 0.5, samples.full, samples.empty)]
  } finally {
    await Promise.all([emptyBook.end(), fullBook.end()])
  }
}

async function exported(config: AppConfig, policy: Policy, account: string, plan: Plan): Promise<Row[]> {
  const db = connectDb(config.databaseUrl, 1)
  const { key } = await createKey(db, policy.product, { name: 'export', scope: 'read' })
  const entries = await longest(db)
  await db.end()
  const api = await startLotkeeper(config, 'api')
  try {
    const ours = downloads(api, { account, key, entries })
    const theirs: Contender = copies(config.databaseUrl, accountKey(policy.product, account))
    const samples = await contest({ ours: ours.contender, theirs }, plan)
    return [
      throughputRow(
        { name: `export of ${entries} entries`, against: 'COPY … TO STDOUT', goal: 0.4 },
        samples.ours,
        samples.theirs,
      ),
      limitRow('memory of the API during the export', 'MB', ours.mostMemory(), EXPORT_MEMORY_MB),
    ]
  } finally {
    await api.stop()
  }
}

async function longest(db: ReturnType<typeof connectDb>): Promise<number> {
  const { rows } = await db.query('select max(last_entry) as entries from accounts')
  return rows[0].entries
}
