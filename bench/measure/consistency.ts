import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import { verify } from '../../db/ledger/verify.ts'

/**
 * What is wrong with a book after the load, in sentences: it must agree with itself, and every credit that was
 * reserved must have been settled, since every load completes what it began.
 */
export async function checkConservation(databaseUrl: string): Promise<string[]> {
  // It reads all that the run wrote.
  const db = connectDb(databaseUrl, 1, { statementSeconds: 600 })
  try {
    return [...(await inconsistencies(db)), ...(await unsettled(db))]
  } finally {
    await db.end()
  }
}

/** @throws Error with what is wrong */
export async function demandConservation(databaseUrl: string): Promise<void> {
  const faults = await checkConservation(databaseUrl)
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

async function inconsistencies(db: Db): Promise<string[]> {
  return (await verify(db)).map(({ account, what, where }) => `${account}: ${what} (${where})`)
}

async function unsettled(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ reserved: number; settled: number; open: number }>(/* sql */ `
    select coalesce(sum(amount), 0) as reserved, coalesce(sum(spent + refunded), 0) as settled,
           count(*) filter (where state = 'reserved') as open from holds`)
  return rows
    .filter(sums => sums.reserved !== sums.settled || sums.open > 0)
    .map(
      ({ reserved, settled, open }) =>
        `${reserved} credits were reserved and ${settled} settled; ${open} generations are open`,
    )
}
