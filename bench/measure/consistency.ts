import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import { verify } from '../../db/ledger/verify.ts'

/** Verifies the ledger, and that every hold is settled, since each load completes its generations. @returns errors in words */
export async function findInconsistencies(databaseUrl: string): Promise<string[]> {
  // The queries read everything that the run wrote.
  const db = connectDb(databaseUrl, 1, { statementSeconds: 600 })
  try {
    return [...(await verificationErrors(db)), ...(await unsettledHolds(db))]
  } finally {
    await db.end()
  }
}

/** @throws Error listing the inconsistencies */
export async function assertConsistent(databaseUrl: string): Promise<void> {
  const errors = await findInconsistencies(databaseUrl)
  if (errors.length > 0) throw new Error(errors.join('\n'))
}

async function verificationErrors(db: Db): Promise<string[]> {
  return (await verify(db)).map(({ account, what, where }) => `${account}: ${what} (${where})`)
}

async function unsettledHolds(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ reserved: number; settled: number; open: number }>(/* sql */ `
    select coalesce(sum(amount), 0) as reserved, coalesce(sum(spent + refunded), 0) as settled,
           count(*) filter (where state = 'reserved') as open from holds`)
  return rows
    .filter(({ reserved, settled, open }) => reserved !== settled || open > 0)
    .map(({ reserved, settled, open }) => `${reserved} credits reserved, ${settled} settled; ${open} holds open`)
}
