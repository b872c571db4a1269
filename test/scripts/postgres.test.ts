import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../scripts/servers/postgres.ts'
import { removeDataFolder } from '../support/run/data-folder.ts'

const isRoot = process.getuid?.() === 0

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lotkeeper-postgres-'))
})

afterEach(() => removeDataFolder(folder))

function start() {
  return startPostgres({ dataDir: folder, onProgress: () => undefined })
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('runs in a folder that only its owner may enter, and finds its data again', async () => {
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const first = await start()
  const settings =
    "SELECT current_database(), current_setting('server_encoding') AS encoding, datcollate FROM pg_database WHERE datname = 'lotkeeper'"
  expect(await query(first.url, settings)).toMatchObject([
    { current_database: 'lotkeeper', encoding: 'UTF8', datcollate: 'C' },
  ])
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.stop()

  const second = await start()
  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await second.stop()
  expect(lstatSync(path.join(folder, 'postgres')).isSymbolicLink()).toBe(isRoot)
})

test('the password is required, and only its owner may read it', async () => {
  const server = await start()
  const url = new URL(server.url)
  expect(statSync(path.join(folder, 'postgres/password')).mode & 0o777).toBe(0o600)
  url.password = 'guessed'
  await expect(query(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  await server.stop()
})

test('a second server on the same data is refused', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(`Process ${process.pid} uses the database of this data folder already`)
  expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await first.stop()
})

test('a stale pid file with the pid of another program does not block a start', async () => {
  chmodSync(folder, 0o711)
  const first = await start()
  const pidFile = path.join(folder, 'postgres/data/postmaster.pid')
  const content = readFileSync(pidFile, 'utf8')
  await first.stop()
  const { uid, gid } = statSync(path.join(folder, 'postgres/data'))
  // Of the same user, since PostgreSQL detects pids of other users by itself.
  const stranger = spawn('sleep', ['600'], { uid, gid, cwd: '/' })
  await once(stranger, 'spawn')
  writeFileSync(pidFile, content.replace(/^\d+/, String(stranger.pid)))

  const second = await start()
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await second.stop()
  expect(stranger.exitCode).toBeNull()
  stranger.kill()
})

test('an interrupted first start does not block the next', async () => {
  chmodSync(folder, 0o711)
  await (await start()).stop()
  const cluster = path.join(folder, 'postgres')
  renameSync(path.join(cluster, 'data'), path.join(cluster, 'draft-000000000000'))
  writeFileSync(path.join(cluster, 'password'), '')

  const server = await start()
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await server.stop()
  expect(readdirSync(cluster).sort()).toEqual(['data', 'password'])
})

test('a refused setting is reported, and no lock is left', async () => {
  const settings = ['no_such_setting=1']
  const refused = startPostgres({ dataDir: folder, settings, onProgress: () => undefined })
  await expect(refused).rejects.toThrow('unrecognized configuration parameter "no_such_setting"')
  await (await start()).stop()
})
