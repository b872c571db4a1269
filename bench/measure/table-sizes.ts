import type { Db } from '../../db/core/command.ts'

/** Bytes per table, indexes included. */
export type TableSizes = Map<string, number>

export async function tableSizes(db: Db): Promise<TableSizes> {
  const { rows } = await db.query<{ name: string; bytes: number }>(
    `select relname as name, pg_total_relation_size(oid) as bytes from pg_class
     where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname`,
  )
  return new Map(rows.map(({ name, bytes }) => [name, bytes]))
}

/** Bytes by which each table grew; tables that did not grow are left out. */
export function tableGrowth(before: TableSizes, after: TableSizes): { table: string; bytes: number }[] {
  return [...after]
    .map(([table, bytes]) => ({ table, bytes: bytes - (before.get(table) ?? 0) }))
    .filter(({ bytes }) => bytes > 0)
}
