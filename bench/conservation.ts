import type { Book } from '../ledger/act.ts'
import { verify } from '../ledger/verify.ts'

/**
 * What is wrong with the book after the load, in sentences: it must agree with itself, and every credit that was
 * reserved must have been settled, since every load completes what it began.
 */
export async function checkConservation(book: Book): Promise<string[]> {
  const contradictions = await verify(book)
  const { rows } = await book.query<{ reserved: number; settled: number; open: number }>(/* sql */ `
    select coalesce(sum(amount), 0) as reserved, coalesce(sum(spent + refunded), 0) as settled,
           count(*) filter (where state = 'reserved') as open from holds`)
  const [sums] = rows
  const faults = contradictions.map(({ account, what, where }) => `${account}: ${what} (${where})`)
  if (sums && (sums.reserved !== sums.settled || sums.open > 0))
    faults.push(
      `${sums.reserved} credits were reserved and ${sums.settled} settled; ${sums.open} generations are open`,
    )
  return faults
}
