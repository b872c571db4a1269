import { notFound } from '../../domain/shared/refusals.ts'
import type { Db } from '../core/command.ts'
import type { ImportReport } from './check.ts'

export type ImportState = 'applying' | 'applied' | 'undoing' | 'undone'

export type Import = {
  product: string
  import: string
  /** of the records, by which the same import is recognised */
  digest: string
  /** the time that the records describe */
  as_of: Date
  state: ImportState
  report: ImportReport
  started_at: Date
}

const columns = 'product, import, digest, as_of, state, report, started_at'

/** An import by its id. @throws Refused not_found */
export async function loadImport(db: Db, product: string, id: string): Promise<Import> {
  const { rows } = await db.query<Import>(`select ${columns} from imports where product = $1 and import = $2`, [
    product,
    id,
  ])
  if (rows[0]) return rows[0]
  throw notFound('import')
}

/** The import of these records that was not undone, or null. */
export async function findImportOf(db: Db, product: string, digest: string): Promise<Import | null> {
  const { rows } = await db.query<Import>(
    `select ${columns} from imports where product = $1 and digest = $2 and state <> 'undone'`,
    [product, digest],
  )
  return rows[0] ?? null
}

/** Changes the state of an import, which starts over with the first account. */
export async function setImportState(db: Db, { product, import: id }: Import, state: ImportState): Promise<void> {
  await db.query('update imports set state = $3, position = null where product = $1 and import = $2', [
    product,
    id,
    state,
  ])
}
