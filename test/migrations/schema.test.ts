import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Knex } from 'knex'
import { migrate, openKnex, requirePostgres } from '../../migrations/migrate.ts'
import { createDatabase, type TestDatabase } from '../support/run/servers.ts'

const golden = path.join(__dirname, 'schema.golden.txt')

let database: TestDatabase

beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())

/** Every table with its columns, constraints, indexes and triggers, and every function, one per line. */
const describeSchema = `
  select format('%s.%s %s%s%s', c.table_name, c.column_name, c.data_type,
      case c.is_nullable when 'NO' then ' not null' else '' end, coalesce(' default ' || c.column_default, '')) as line
    from information_schema.columns c where c.table_schema = 'lotkeeper' and c.table_name not like 'knex%'
  union all
  select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
    where connamespace = 'lotkeeper'::regnamespace and conrelid <> 0 and contype <> 'n'
      and conrelid::regclass::text not like 'knex%'
  union all
  select indexdef from pg_indexes where schemaname = 'lotkeeper' and tablename not like 'knex%'
  union all
  select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all
  select format('function %s(%s) returns %s', proname, pg_get_function_identity_arguments(oid),
      pg_get_function_result(oid)) from pg_proc where pronamespace = 'lotkeeper'::regnamespace
  order by 1`

async function on<T>(url: string, work: (db: Knex) => PromiseLike<T>): Promise<T> {
  const db = openKnex(url)
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

async function schemaOf(url: string): Promise<string> {
  const { rows } = await on<{ rows: { line: string }[] }>(url, db => db.raw(describeSchema))
  return `${rows.map(row => row.line).join('\n')}\n`
}

it('the schema is the reviewed one; write the golden file anew after an intended change', async () => {
  expect(await schemaOf(database.url)).toBe(await readFile(golden, 'utf8'))
})

it('a second migration changes nothing', async () => {
  const before = await schemaOf(database.url)
  await Promise.all([migrate(database.url), migrate(database.url)])
  expect(await schemaOf(database.url)).toBe(before)
})

it('a function of an older version that returned something else is replaced', async () => {
  const before = await schemaOf(database.url)
  await on(database.url, db =>
    db.raw(`drop function iso(timestamptz);
      create function iso(p_at timestamptz) returns date language sql as 'select p_at::date'`),
  )
  expect(await schemaOf(database.url)).not.toBe(before)
  await migrate(database.url)
  expect(await schemaOf(database.url)).toBe(before)
})

it("creates nothing in the schema public, and leaves an operator's function there as it is", async () => {
  const other = await createDatabase()
  const inPublic = `select relname as name from pg_class where relnamespace = 'public'::regnamespace
    union all select proname from pg_proc where pronamespace = 'public'::regnamespace`
  const ours = `create function public.iso(timestamptz) returns text language sql as $$ select 'ours' $$`
  await on(other.url, db => db.raw(ours))
  // Forces the installation to drop Lotkeeper's own functions first.
  await on(other.url, db =>
    db.raw(`drop function iso(timestamptz);
    create function iso(timestamptz) returns date language sql as 'select $1::date'`),
  )
  await migrate(other.url)
  expect((await on<{ rows: object[] }>(other.url, db => db.raw(inPublic))).rows).toEqual([{ name: 'iso' }])
  const { rows } = await on<{ rows: object[] }>(other.url, db => db.raw('select public.iso(now()) as said'))
  expect(rows).toEqual([{ said: 'ours' }])
  await other.drop()
})

it('PostgreSQL before 16 is refused', () => {
  expect(() => requirePostgres(150018)).toThrow('Lotkeeper requires PostgreSQL 16 or later; this server is 15.')
  expect(() => requirePostgres(160000)).not.toThrow()
})

it('a database of a newer version is refused with an explanation', async () => {
  const other = await createDatabase()
  const applied = { name: '999-from-the-future', batch: 9, migration_time: new Date() }
  await on(other.url, db => db('knex_migrations').insert(applied))
  await expect(migrate(other.url)).rejects.toThrow(/999-from-the-future.*newer Lotkeeper/)
  await other.drop()
})

it('entries cannot be changed or removed', async () => {
  const truncate = on(database.url, db => db.raw('truncate entries'))
  await expect(truncate).rejects.toThrow(/never updated or deleted/)
})
