import { z } from 'zod'
import { credits, time } from '../../domain/shared/shapes.ts'
import { batchedRead } from '../core/batcher.ts'
import type { Db, Totals } from '../core/command.ts'

const sourceBalance = z.object({ available: credits, held: credits, frozen: credits })

/** A balance as the ledger has it. */
export const ledgerBalance = sourceBalance.extend({
  as_of: time,
  debt: credits.describe('Credits taken back after they were spent; the current debt, also in past balances.'),
  by_source: z.record(z.string(), sourceBalance),
  next_expiry: z.object({ at: time, amount: credits }).nullable(),
})

export type Balance = z.infer<typeof ledgerBalance>

/** The current balance. @param at the account's current time */
export function balance(db: Db, account_key: string, at: Date): Promise<Balance> {
  return readBalance(db, account_key, at, false)
}

/** The balance at a past time: the sum of the entries until then. */
export function balanceAt(db: Db, account_key: string, at: Date): Promise<Balance> {
  return readBalance(db, account_key, at, true)
}

async function readBalance(db: Db, account_key: string, at: Date, past: boolean): Promise<Balance> {
  const found = await balances(db, account_key, at, past)
  if (!found) throw new Error('balances returned no result')
  return found.balance
}

const balances = batchedRead<[account_key: string, at: Date, past: boolean], { balance: Balance }>({
  name: 'balances',
  text: 'select n, balance from balances($1, $2, $3)',
})

/** Reads an account's totals. */
export async function readTotals(db: Db, account_key: string, at: Date): Promise<Totals> {
  return (await readTotalsOfEntries(db, account_key, at)).totals
}

/** Reads an account's totals and its last entry, up to which they are the sum. */
export async function readTotalsOfEntries(
  db: Db,
  account_key: string,
  at: Date,
): Promise<{ totals: Totals; last_entry: number }> {
  const { rows } = await db.query<{ totals: Totals; last_entry: number }>({
    name: 'totals',
    text: 'select totals(a, $2) as totals, a.last_entry from accounts a where account_key = $1',
    values: [account_key, at],
  })
  if (!rows[0]) throw new Error(`account ${account_key} does not exist`)
  return rows[0]
}
