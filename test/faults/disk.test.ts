import { spawnSync } from 'node:child_process'
import { cp, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { Db } from '../../db/core/command.ts'
import { migrate } from '../../migrations/migrate.ts'
import { postgresUser } from '../../scripts/servers/system-user.ts'
import { seed, temporalAddress } from '../support/run/servers.ts'
import { PostgresOnDisk } from '../support/servers/postgres-on-disk.ts'
import { startServiceProcesses } from '../support/servers/service-processes.ts'
import { mountSmallDisk, type SmallDisk } from '../support/servers/small-disk.ts'
import { waitFor } from '../support/wait-for.ts'
import { runWithClients, waitForMore } from './run-with-clients.ts'

// The disk of PostgreSQL fills while 20 clients work. When it holds the tables, reads continue; when it holds the WAL,
// PostgreSQL stops. Everything recovers once space is free again.

const MEGABYTES = 96
const ENOUGH_UNAVAILABLE = 5
const ENOUGH_ANSWERED = 40

jest.setTimeout(240_000)

const mounted = mountSmallDisk(MEGABYTES)
const disk = mounted as SmallDisk
const itWithDisk = typeof mounted === 'string' ? it.skip : it
if (typeof mounted === 'string') console.warn(`Skipped the tests of full disks: ${mounted}.`)

afterAll(() => disk.remove?.())

itWithDisk(`20 clients recover from a disk that is full of tables, then of WAL (seed ${seed})`, async () => {
  const postgres = await PostgresOnDisk.start()
  const databaseUrl = await databaseOnDisk(postgres)
  const services = await startServiceProcesses({
    name: `disk-${seed}`,
    databaseUrl,
    temporalAddress: temporalAddress(),
  })
  const { db, kvidai, api } = services
  try {
    const apis = [{ caller: kvidai, ready: () => api.ready }]
    const { summary } = await runWithClients({ db, apis, seed }, async stats => {
      await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
      await disk.fill()
      await waitForMore(stats, 'unavailable', ENOUGH_UNAVAILABLE)
      // Reads still work.
      for (const path of ['balance', 'entries'])
        await waitFor(
          `${path} to be readable`,
          async () => (await kvidai.get(`/v1/accounts/shared/${path}`)).status === 200,
        )
      await disk.freeSpace()
      await waitForMore(stats, 'answered', ENOUGH_ANSWERED)

      await moveWal(postgres)
      await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
      await disk.fill()
      await waitForDiskFullExit(postgres, db)
      await waitForMore(stats, 'unavailable', ENOUGH_UNAVAILABLE)
      await disk.freeSpace()
      await postgres.restart()
      await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
    })
    console.info(`seed ${seed}, disk full with tables, then with WAL: ${summary}`)
  } finally {
    await services.stop()
    await postgres.stop()
  }
})

/** A database whose tables are on the small disk. */
async function databaseOnDisk(postgres: PostgresOnDisk): Promise<string> {
  const server = new pg.Client(postgres.url)
  await server.connect()
  await server.query(`create tablespace small location '${disk.folder}'`)
  await server.query('create database small tablespace small')
  await server.end()
  const url = new URL(postgres.url)
  url.pathname = 'small'
  await migrate(url.href)
  return url.href
}

/** Moves the WAL to the small disk. */
async function moveWal(postgres: PostgresOnDisk): Promise<void> {
  await postgres.halt()
  const wal = path.join(await postgres.cluster(), 'data/pg_wal')
  const moved = path.join(disk.folder, 'pg_wal')
  await cp(wal, moved, { recursive: true, preserveTimestamps: true })
  await rm(wal, { recursive: true })
  await symlink(moved, wal)
  const user = postgresUser()
  if (user) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, moved])
  await postgres.restart()
}

/** Uses up the spare WAL segments; then PostgreSQL panics and cannot recover. */
async function waitForDiskFullExit(postgres: PostgresOnDisk, db: Db): Promise<void> {
  let ended = false
  void postgres.ended.then(() => {
    ended = true
  })
  await waitFor(
    'PostgreSQL to stop on a full disk',
    async () => {
      await db.query('select pg_switch_wal()').catch(() => undefined)
      return ended
    },
    Boolean,
    120,
  )
  await postgres.halt()
}
