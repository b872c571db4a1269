import knex, { type Knex } from 'knex'
import { ledgerFunctions } from '../db/core/install.ts'

type Table = {
  name: string
  /** what it is made with, such as a fillfactor; belongs to the partitions */
  storage: string[] | null
  /** the columns that are written; generated ones are not */
  columns: string[]
  identity: string | null
  /** definitions that are made anew on the partitioned table, those of foreign keys last of all */
  constraints: string[]
  foreign_keys: { name: string; definition: string }[]
  indexes: string[]
  triggers: string[]
}

/**
 * Splits every table whose key leads with account_key into so many partitions by the hash of it, data and all, in one
 * transaction that locks them. Tables that are partitioned already stay as they are, so it may be run again after a
 * migration that brought new ones. What is unique without regard to the account (the ids of generations, memberships
 * and purchases) is only indexed afterwards: see docs/scale.md.
 * @returns the tables that it split
 */
export async function partition(databaseUrl: string, partitions: number): Promise<string[]> {
  const db = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } })
  try {
    return await db.transaction(async trx => {
      const { rows: tables } = await trx.raw<{ rows: Table[] }>(wholeTables)
      if (tables.length === 0) return []
      const run = (sql: string) => trx.raw(sql.replaceAll('?', '\\?'))
      for (const { name, foreign_keys } of tables)
        for (const key of foreign_keys) await run(`alter table "${name}" drop constraint "${key.name}"`)
      // They speak of the row types of the tables that go.
      await run(dropFunctions)
      for (const table of tables) await split(run, table, partitions)
      for (const { name, foreign_keys } of tables)
        for (const key of foreign_keys) await run(`alter table "${name}" add ${key.definition}`)
      await run(ledgerFunctions)
      return tables.map(({ name }) => name)
    })
  } finally {
    await db.destroy()
  }
}

async function split(run: (sql: string) => Knex.Raw, table: Table, partitions: number): Promise<void> {
  const { name, columns, identity, constraints, indexes, triggers } = table
  const storage = table.storage ? ` with (${table.storage.join(', ')})` : ''
  const listed = columns.map(column => `"${column}"`).join(', ')
  await run(
    `create table "${name}_split" (like "${name}" including defaults including generated including identity
       including constraints) partition by hash (account_key)`,
  )
  for (let n = 0; n < partitions; n++)
    await run(
      `create table "${name}_${n}" partition of "${name}_split"
         for values with (modulus ${partitions}, remainder ${n})${storage}`,
    )
  await run(`insert into "${name}_split" (${listed}) overriding system value select ${listed} from "${name}"`)
  await run(`drop table "${name}"`)
  await run(`alter table "${name}_split" rename to "${name}"`)
  for (const each of [...indexes, ...triggers]) await run(each)
  // Last, since a planner without statistics prefers what was made last (migration 014).
  for (const each of constraints) await run(`alter table "${name}" add ${each}`)
  if (identity)
    await run(
      `select setval(pg_get_serial_sequence('"${name}"', '${identity}'),
         (select coalesce(max("${identity}"), 0) + 1 from "${name}"), false)`,
    )
}

const wholeTables = /* sql */ `
with whole as (
  select c.oid, c.relname, c.reloptions, a.attnum as account
  from pg_class c
  join pg_index i on i.indrelid = c.oid and i.indisprimary
  join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'account_key'
  where c.relkind = 'r' and not c.relispartition and c.relnamespace = current_schema()::regnamespace
)
select w.relname as name, w.reloptions as storage,
  array(select attname::text from pg_attribute
    where attrelid = w.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
  (select attname::text from pg_attribute where attrelid = w.oid and attidentity <> '') as identity,
  array(select format('constraint %I %s', conname, pg_get_constraintdef(oid)) from pg_constraint
    where conrelid = w.oid and contype in ('p', 'u') order by conname) as constraints,
  (select coalesce(jsonb_agg(jsonb_build_object('name', conname,
      'definition', format('constraint %I %s', conname, pg_get_constraintdef(oid))) order by conname), '[]')
    from pg_constraint where conrelid = w.oid and contype = 'f') as foreign_keys,
  array(select case when w.account = any (i.indkey) then pg_get_indexdef(i.indexrelid)
      else replace(pg_get_indexdef(i.indexrelid), 'CREATE UNIQUE INDEX', 'CREATE INDEX') end
    from pg_index i where i.indrelid = w.oid
      and not exists (select from pg_constraint where conindid = i.indexrelid and conrelid = w.oid)) as indexes,
  array(select pg_get_triggerdef(oid) from pg_trigger where tgrelid = w.oid and not tgisinternal) as triggers
from whole w order by w.relname
`

const dropFunctions = /* sql */ `
do $$
declare
  signature text;
begin
  for signature in
    select oid::regprocedure from pg_proc
    where pronamespace = current_schema()::regnamespace and prorettype <> 'trigger'::regtype
  loop
    execute 'drop function if exists ' || signature || ' cascade';
  end loop;
end $$
`
