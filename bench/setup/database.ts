import pg from 'pg'
import { migrate } from '../../migrations/migrate.ts'

/** Runs SQL on a connection without statement timeout, outside our schema. */
export async function runSql(databaseUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Creates an empty, migrated database on the same PostgreSQL. @returns its URL */
export async function createDatabase(databaseUrl: string, name: string): Promise<string> {
  await runSql(databaseUrl, `create database "${name}"`)
  const url = new URL(databaseUrl)
  url.pathname = name
  await migrate(url.href)
  return url.href
}
