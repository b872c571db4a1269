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
import { growsBy, whileWorking } from './while-working.ts'

// The disk of PostgreSQL fills while 20 clients work: with tables on it, reads continue; with the WAL on it, PostgreSQL
// stops. With free space again, all recovers.

const MEGABYTES = 96
const ENOUGH_TURNED_AWAY = 5
const ENOUGH_ANSWERED = 40

jest.setTimeout(240_000)

const mounted = mountSmallDisk(MEGABYTES)
const disk = mounted as SmallDisk
const itWithDisk = typeof mounted === 'string' ? it.skip : it
if (typeof mounted === 'string') console.warn(`The tests of full disks are left out: ${mounted}.`)

afterAll(() => disk.remove?.())

itWithDisk(`full disks under 20 clients (seed ${seed})`, async () => {
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
    const { said } = await whileWorking({ db, apis, seed }, async stats => {
      await growsBy(stats, 'answered', ENOUGH_ANSWERED)
      await disk.fill()
      await growsBy(stats, 'turnedAway', ENOUGH_TURNED_AWAY)
      // Reads still work.
      for (const path of ['balance', 'entries'])
        await waitFor(
          `${path} to be readable`,
          async () => (await kvidai.get(`/v1/accounts/shared/${path}`)).status === 200,
        )
      await disk.makeRoom()
      await growsBy(stats, 'answered', ENOUGH_ANSWERED)

      await moveLog(postgres)
      await growsBy(stats, 'answered', ENOUGH_ANSWERED)
      await disk.fill()
      await endsForWantOfRoom(postgres, db)
      await growsBy(stats, 'turnedAway', ENOUGH_TURNED_AWAY)
      await disk.makeRoom()
      await postgres.startAgain()
      await growsBy(stats, 'answered', ENOUGH_ANSWERED)
    })
    console.info(`seed ${seed}, no room for tables, and none for the log: ${said}`)
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
async function moveLog(postgres: PostgresOnDisk): Promise<void> {
  await postgres.halt()
  const log = path.join(await postgres.cluster(), 'data/pg_wal')
  const moved = path.join(disk.folder, 'pg_wal')
  await cp(log, moved, { recursive: true, preserveTimestamps: true })
  await rm(log, { recursive: true })
  await symlink(moved, log)
  const user = postgresUser()
  if (user) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, moved])
  await postgres.startAgain()
}

/** Uses up the spare WAL segments; then PostgreSQL panics and cannot recover. */
async function endsForWantOfRoom(postgres: PostgresOnDisk, db: Db): Promise<void> {
  let ended = false
  void postgres.ended.then(() => {
    ended = true
  })
  await waitFor(
    'PostgreSQL to end for want of room',
    async () => {
      await db.query('select pg_switch_wal()').catch(() => undefined)
      return ended
    },
    Boolean,
    120,
  )
  await postgres.halt()
}
