import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import knex, { type Knex } from 'knex'
import { ledgerFunctions } from '../db/core/install.ts'

const directory = path.dirname(fileURLToPath(import.meta.url))
const INSTALL_LOCK = 7_105_001
const INVALID_FUNCTION_DEFINITION = '42P13'

/** The database was migrated by a newer Lotkeeper than this one. */
export class NewerSchemaError extends Error {
  constructor(unknown: string[]) {
    super(
      `The database has migrations that this version does not know (${unknown.join(', ')}): it belongs to a newer Lotkeeper. Start that version, or restore a backup from before it.`,
    )
    this.name = 'NewerSchemaError'
  }
}

/**
 * Brings a database to this version's schema; again, it changes nothing.
 * @throws NewerSchemaError when the database is ahead of this version
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const db = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 2 } })
  try {
    await refuseNewerSchema(db)
    await db.migrate.latest({ migrationSource: new NumberedFiles() })
    await db.transaction(async trx => {
      await trx.raw('select pg_advisory_xact_lock(?)', [INSTALL_LOCK])
      await installFunctions(trx)
    })
  } finally {
    await db.destroy()
  }
}

/** PostgreSQL replaces a function only by one that returns the same; to return something else it must go first. */
async function installFunctions(trx: Knex.Transaction): Promise<void> {
  const install = (savepoint: Knex.Transaction) => savepoint.raw(ledgerFunctions.replaceAll('?', '\\?'))
  try {
    await trx.transaction(install)
  } catch (error) {
    if ((error as { code?: string }).code !== INVALID_FUNCTION_DEFINITION) throw error
    await trx.raw(dropFunctions)
    await install(trx)
  }
}

/** All of the book's own functions but those that triggers and tables hold on to. */
const dropFunctions = /* sql */ `
do $$
declare
  name regprocedure;
begin
  for name in
    select p.oid::regprocedure from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prolang in (select oid from pg_language where lanname in ('sql', 'plpgsql'))
      and not exists (select from pg_depend d where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid)
  loop
    execute format('drop function %s', name);
  end loop;
end $$`

/** The migrations by the file names 001-…, without directory or extension, so that the record outlives a build. */
export class NumberedFiles implements Knex.MigrationSource<string> {
  async getMigrations(): Promise<string[]> {
    return migrationNames()
  }
  getMigrationName(name: string): string {
    return name
  }
  getMigration(name: string): Promise<Knex.Migration> {
    return import(`./${name}.ts`)
  }
}

function migrationNames(): string[] {
  return readdirSync(directory)
    .filter(file => /^\d{3}-.*\.[jt]s$/.test(file))
    .map(file => path.parse(file).name)
    .sort()
}

async function refuseNewerSchema(db: Knex): Promise<void> {
  if (!(await db.schema.hasTable('knex_migrations'))) return
  const applied: string[] = await db('knex_migrations').pluck('name').orderBy('name')
  const known = new Set(migrationNames())
  const unknown = applied.filter(name => !known.has(name))
  if (unknown.length > 0) throw new NewerSchemaError(unknown)
}
