import { connectDb } from '../../db/core/connect.ts'

/** The tables of a database with their indexes, in bytes. */
export type Sizes = Map<string, number>

export async function sizesOf(databaseUrl: string): Promise<Sizes> {
  const db = connectDb(databaseUrl, 1)
  try {
    const { rows } = await db.query<{ name: string; bytes: number }>(
      `select relname as name, pg_total_relation_size(oid) as bytes from pg_class
       where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname`,
    )
    return new Map(rows.map(({ name, bytes }) => [name, bytes]))
  } finally {
    await db.end()
  }
}

/** The tables that have grown, and by how much. */
export function grown(before: Sizes, after: Sizes): { table: string; bytes: number }[] {
  return [...after]
    .map(([table, bytes]) => ({ table, bytes: bytes - (before.get(table) ?? 0) }))
    .filter(({ bytes }) => bytes > 0)
}
