import { readFileSync } from 'node:fs'
import path from 'node:path'
import { accountKey } from '../../db/accounts/account-key.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { runConcurrently } from '../measure/concurrently.ts'
import { createAccounts } from '../setup/accounts.ts'
import { runSql } from '../setup/database.ts'

/** Entries of the first account, whose history is exported; a smaller ledger has no others. */
const FIRST_ACCOUNT = 1_000_000
const OTHER_ACCOUNTS = 10_000
const CONCURRENCY = 2

/**
 * Fills a ledger with settled generations, in SQL. They differ from real ones only in their idempotency records, which are
 * shorter.
 * @returns the accounts, the one with the longest history first
 */
export async function fillLedger(databaseUrl: string, policy: Policy, entries: number): Promise<string[]> {
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
