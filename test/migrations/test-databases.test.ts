import pg from 'pg'
import { createDatabase } from '../support/run/servers.ts'

async function tables(url: string): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'lotkeeper'")
  await client.end()
  return rows.map(row => row.tablename)
}

test('several databases can be created in parallel, each migrated', async () => {
  const databases = await Promise.all(Array.from({ length: 8 }, createDatabase))
  expect(new Set(databases.map(({ url }) => url)).size).toBe(8)
  for (const { url } of databases) expect(await tables(url)).toContain('knex_migrations')
  await Promise.all(databases.map(({ drop }) => drop()))
  await expect(tables(databases[0]?.url ?? '')).rejects.toThrow('does not exist')
})

test('a database is dropped despite open connections', async () => {
  const { url, drop } = await createDatabase()
  const client = new pg.Client(url)
  const ended = new Promise(resolve => client.on('error', resolve))
  await client.connect()
  await drop()
  await ended
})
