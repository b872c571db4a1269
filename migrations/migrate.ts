import { readdirSync } from 'node:fs'
import path from 'node:path'
import knex, { type Knex } from 'knex'
import { SCHEMA } from '../db/core/connect.ts'
import { ledgerFunctions } from '../db/core/install.ts'
import { explainDatabaseError } from '../platform/unreachable.ts'

const INSTALL_LOCK = 7_105_001
const INVALID_FUNCTION_DEFINITION = '42P13'
/** Our functions use subqueries without an alias, which older servers reject. */
const OLDEST_POSTGRES = 16

/** The database was migrated by a newer version of Lotkeeper. */
export class NewerSchemaError extends Error {
  constructor(unknown: string[]) {
    super(
      `The database has migrations that this version does not know (${unknown.join(', ')}): a newer Lotkeeper migrated it. Start that version, or restore a backup from before it.`,
    )
    this.name = 'NewerSchemaError'
  }
}

/**
 * Brings a database to this version's schema. Repeating it changes nothing, and nothing outside the schema `lotkeeper` is
 * created, replaced or dropped.
 * @throws NewerSchemaError when the database is ahead of this version; ConfigError when it cannot be reached; Error when
 * PostgreSQL is too old
 */
export async function migrate(databaseUrl: string, migrationSource = new NumberedFiles()): Promise<void> {
  const db = openKnex(databaseUrl)
  try {
    requirePostgres(await versionOf(db, databaseUrl))
    await locked(db, trx => trx.raw(`create schema if not exists ${SCHEMA}`))
    await refuseNewerSchema(db, await migrationSource.getMigrations())
    await db.migrate.latest({ migrationSource })
    await locked(db, installFunctions)
  } finally {
    await db.destroy()
  }
}

/** Opens a knex of two connections whose search path is our schema. */
export function openKnex(databaseUrl: string): Knex {
  // What knex logs about a failed connection, it also throws.
  const log = { warn: () => undefined }
  return knex({ client: 'pg', connection: databaseUrl, searchPath: [SCHEMA], pool: { min: 0, max: 2 }, log })
}

/** The server's version, such as 160004. @throws ConfigError when it cannot be reached */
async function versionOf(db: Knex, databaseUrl: string): Promise<number> {
  const sql = `select current_setting('server_version_num')::int as version`
  try {
    const { rows } = await db.raw<{ rows: { version: number }[] }>(sql)
    return rows[0]?.version ?? 0
  } catch (error) {
    throw explainDatabaseError(databaseUrl, error)
  }
}

/** @throws Error when the server is too old. @param version as server_version_num has it, such as 160004 */
export function requirePostgres(version: number): void {
  const major = Math.floor(version / 10_000)
  if (major < OLDEST_POSTGRES)
    throw new Error(`Lotkeeper requires PostgreSQL ${OLDEST_POSTGRES} or later; this server is ${major}.`)
}

/** In one transaction, one process at a time. */
function locked(db: Knex, work: (trx: Knex.Transaction) => PromiseLike<unknown>): Promise<void> {
  return db.transaction(async trx => {
    await trx.raw('select pg_advisory_xact_lock(?)', [INSTALL_LOCK])
    await work(trx)
  })
}

/** PostgreSQL cannot change a function's return type by replacing it, so drop the functions first in that case. */
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

/** Trigger functions stay: migrations create them with their tables. */
const dropFunctions = /* sql */ `
do $$
declare
  name regprocedure;
begin
  for name in
    select oid from pg_proc where pronamespace = '${SCHEMA}'::regnamespace and prorettype <> 'trigger'::regtype
  loop
    execute format('drop function %s', name);
  end loop;
end $$`

/** The migrations, by file name without folder and extension, so that the record in the database outlives a build. */
export class NumberedFiles implements Knex.MigrationSource<string> {
  async getMigrations(): Promise<string[]> {
    return readdirSync(import.meta.dirname)
      .filter(file => /^\d{3}-.*\.[jt]s$/.test(file))
      .map(file => path.parse(file).name)
      .sort()
  }
  getMigrationName(name: string): string {
    return name
  }
  async getMigration(name: string): Promise<Knex.Migration> {
    const { up } = await import(`./${name}.ts`)
    return { up, down: () => Promise.reject(new Error('Migrations only go forward; restore a backup.')) }
  }
}

async function refuseNewerSchema(db: Knex, known: string[]): Promise<void> {
  if (!(await db.schema.hasTable('knex_migrations'))) return
  const applied: string[] = await db('knex_migrations').pluck('name').orderBy('name')
  const unknown = applied.filter(name => !known.includes(name))
  if (unknown.length > 0) throw new NewerSchemaError(unknown)
}
