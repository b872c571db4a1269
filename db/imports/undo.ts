import type { Db } from '../core/command.ts'
import { type Import, setImportState } from './imports.ts'
import type { ImportedMembershipRef } from './memberships.ts'

const ACCOUNTS_AT_ONCE = 500
/** Accounts named in a refusal. */
const MOST_NAMED = 20

export type EndWorkflows = (memberships: ImportedMembershipRef[]) => Promise<void>

/** What an undo left: accounts that used credits meanwhile, and codes that were redeemed. */
export type Kept = { accounts: string[]; codes: number }

/** The first accounts that have used credits of an import, by name. */
export async function accountsThatUsed(db: Db, { product, import: id }: Import): Promise<string[]> {
  const found: string[] = []
  let after: string | null = null
  do {
    const keys = await nextAccounts(db, product, id, after)
    const { rows } = await db.query<{ account: string }>('select account from accounts_that_used_import($1, $2, $3)', [
      product,
      id,
      keys,
    ])
    found.push(...rows.map(({ account }) => account))
    after = keys.at(-1) ?? null
  } while (after !== null && found.length < MOST_NAMED)
  return found.slice(0, MOST_NAMED)
}

/**
 * Undoes an import: revokes its lots, deletes its memberships and codes. Accounts stay. It goes on where a killed process
 * stopped.
 * @param end ends the workflows of memberships, before and after these are deleted
 */
export async function undoImport(db: Db, undone: Import, at: Date, end: EndWorkflows): Promise<Kept> {
  const { product, import: id } = undone
  if (undone.state !== 'undoing') await setImportState(db, undone, 'undoing')
  const kept: string[] = []
  for (let accounts = 1; accounts > 0; ) {
    const memberships = await nextMemberships(db, product, id)
    await end(memberships)
    const { rows } = await db.query<{ accounts: number; kept: string[] | null }>(
      'select * from undo_import_accounts($1, $2, $3, $4)',
      [product, id, ACCOUNTS_AT_ONCE, at],
    )
    await end(memberships)
    accounts = rows[0]?.accounts ?? 0
    kept.push(...(rows[0]?.kept ?? []))
  }
  const { rows } = await db.query<{ redeemed: number }>('select undo_import_codes($1, $2) as redeemed', [product, id])
  await setImportState(db, undone, 'undone')
  await db.query('delete from import_rows where product = $1 and import = $2', [product, id])
  return { accounts: kept, codes: rows[0]?.redeemed ?? 0 }
}

async function nextAccounts(db: Db, product: string, id: string, after: string | null): Promise<string[]> {
  const { rows } = await db.query<{ keys: string[] }>('select accounts_of_import($1, $2, $3, $4) as keys', [
    product,
    id,
    after,
    ACCOUNTS_AT_ONCE,
  ])
  return rows[0]?.keys ?? []
}

/** The memberships of the accounts that are undone next. */
async function nextMemberships(db: Db, product: string, id: string): Promise<ImportedMembershipRef[]> {
  const { rows } = await db.query<ImportedMembershipRef>(
    `select r.product, a.account, r.membership as id
     from imports i cross join unnest(accounts_of_import(i.product, i.import, i.position, $3)) k
     join imported_records r on r.product = i.product and r.import = i.import and r.account_key = k
     join accounts a on a.account_key = k
     where i.product = $1 and i.import = $2 and r.kind = 'memberships'`,
    [product, id, ACCOUNTS_AT_ONCE],
  )
  return rows
}
