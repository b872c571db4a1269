import { batchedRead } from '../core/batched-read.ts'
import type { Db } from '../core/command.ts'

export type SourceBalance = { available: number; held: number; frozen: number }

export type Balance = SourceBalance & {
  as_of: string
  /** what a chargeback took that was already spent; as it stands now, also beside a past balance */
  debt: number
  by_source: Record<string, SourceBalance>
  next_expiry: { at: string; amount: number } | null
}

/** What an account has now. @param at now, by the account's clock */
export function balance(db: Db, account_key: string, at: Date): Promise<Balance> {
  return readBalance(db, account_key, at, false)
}

/** What an account had at a past time: the sum of its entries until then, and what was frozen then. */
export function balanceAt(db: Db, account_key: string, at: Date): Promise<Balance> {
  return readBalance(db, account_key, at, true)
}

async function readBalance(db: Db, account_key: string, at: Date, past: boolean): Promise<Balance> {
  const found = await balances(db, account_key, at, past)
  if (!found) throw new Error('the book gave no balance')
  return found.balance
}

const balances = batchedRead<[account_key: string, at: Date, past: boolean], { balance: Balance }>({
  name: 'balances',
  text: 'select n, balance from balances($1, $2, $3)',
})
