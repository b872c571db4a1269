import type { Book, Totals } from './act.ts'

/** The account's totals now, without writing anything. */
export async function readTotals(book: Book, account_key: string, at: Date): Promise<Totals> {
  const { rows } = await book.query<{ totals: Totals }>({
    name: 'totals',
    text: 'select totals(a, $2) as totals from accounts a where account_key = $1',
    values: [account_key, at],
  })
  if (!rows[0]) throw new Error('the account is not on the book')
  return rows[0].totals
}
