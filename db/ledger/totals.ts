import type { Db, Totals } from '../core/command.ts'

/** The account's totals now, without writing anything. */
export async function readTotals(db: Db, account_key: string, at: Date): Promise<Totals> {
  return (await readTotalsOfEntries(db, account_key, at)).totals
}

/** The account's totals now, and the number of its last entry: what entries up to that one add up to. */
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
  if (!rows[0]) throw new Error('the account is not on the book')
  return rows[0]
}
