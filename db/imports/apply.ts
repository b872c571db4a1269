import type { Policy } from '../../domain/policy/policy.ts'
import type { Db } from '../core/command.ts'
import { type Import, setImportState } from './imports.ts'
import { applyMemberships, type StartWorkflows } from './memberships.ts'

/** Accounts to a transaction: about a tenth of a second, in which their other commands wait. */
const ACCOUNTS_AT_ONCE = 500

/**
 * Applies a staged import: accounts with their lots, then memberships and codes. It goes on where a killed process stopped.
 * @param progress called with the number of lots made so far
 */
export async function applyImport(
  db: Db,
  policy: Policy,
  applied: Import,
  { start, progress }: { start: StartWorkflows; progress?: (lots: number) => void },
): Promise<void> {
  const ref = [applied.product, applied.import]
  for (let all = 0, accounts = 1; accounts > 0; ) {
    const { rows } = await db.query<{ accounts: number; made: number }>('select * from import_accounts($1, $2, $3)', [
      ...ref,
      ACCOUNTS_AT_ONCE,
    ])
    accounts = rows[0]?.accounts ?? 0
    all += rows[0]?.made ?? 0
    progress?.(all)
  }
  await applyMemberships(db, policy, applied, start)
  await db.query('select import_codes($1, $2)', ref)
  await setImportState(db, applied, 'applied')
  await db.query('delete from import_rows where product = $1 and import = $2', ref)
}
