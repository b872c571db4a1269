import type { Db, Totals } from '../core/command.ts'

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
