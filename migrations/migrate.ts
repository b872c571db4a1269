import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import knex, { type Knex } from 'knex'
import { bookFunctions } from '../ledger/install.ts'

const directory = dirname(fileURLToPath(import.meta.url))
const INSTALL_LOCK = 7_105_001

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
      await trx.raw(bookFunctions.replaceAll('?', '\\?'))
    })
  } finally {
    await db.destroy()
  }
}

/** The migrations by the file names 001-….ts, without directory or extension, so that the record outlives a build. */
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
    .filter(file => /^\d{3}-.*\.ts$/.test(file))
    .map(file => file.replace(/\.ts$/, ''))
    .sort()
}

async function refuseNewerSchema(db: Knex): Promise<void> {
  if (!(await db.schema.hasTable('knex_migrations'))) return
  const applied: string[] = await db('knex_migrations').pluck('name').orderBy('name')
  const known = new Set(migrationNames())
  const unknown = applied.filter(name => !known.has(name))
  if (unknown.length > 0) throw new NewerSchemaError(unknown)
}
