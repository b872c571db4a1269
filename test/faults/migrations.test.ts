import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Knex } from 'knex'
import { pino } from 'pino'
import { type RunningApi, startApi } from '../../api/start.ts'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import { verify } from '../../db/ledger/verify.ts'
import { migrate, NumberedFiles, openKnex } from '../../migrations/migrate.ts'
import { type AppConfig, readConfig } from '../../platform/config.ts'
import { type RunningPostgres, startPostgres } from '../../scripts/servers/postgres.ts'
import { type RunningWorker, startWorker } from '../../worker/start.ts'
import { type Answer, type Caller, caller } from '../support/clients/caller.ts'
import { whileUnavailable } from '../support/clients/retries.ts'
import { fillLedger } from '../support/database/fill-ledger.ts'
import { backUpOnline } from '../support/database/online-backup.ts'
import { removeDataFolder } from '../support/run/data-folder.ts'
import { repetitions, temporalAddress, workflowBundle } from '../support/run/servers.ts'
import { runOps } from '../support/servers/ops.ts'
import { waitFor } from '../support/wait-for.ts'

// A filled ledger is migrated, backed up and restored while clients work, and verified after each step.

const ENTRIES = repetitions(6_000, 100_000)
const CLIENTS = 4
/** Minimum of generations of each client between two steps. */
const GENERATIONS_PER_STEP = repetitions(3, 100)

jest.setTimeout(repetitions(240_000, 1_800_000))

const logger = pino({ level: 'silent' })
let folder: string
let postgres: RunningPostgres
let services: Services | undefined

/** API and worker on a database. */
class Services {
  readonly config: AppConfig
  private readonly worker: RunningWorker
  private readonly api: RunningApi
  readonly calls: Caller

  private constructor(config: AppConfig, worker: RunningWorker, api: RunningApi, key: string) {
    this.config = config
    this.worker = worker
    this.api = api
    this.calls = caller(api.url, key)
  }

  static async open(databaseUrl: string, taskQueue: string): Promise<Services> {
    const settings = { NODE_ENV: 'test', PORT: '0', TEMPORAL_TASK_QUEUE: taskQueue }
    const config = { ...readConfig(settings), databaseUrl, temporalAddress: temporalAddress() }
    const worker = await startWorker(config, { workflowCode: await workflowBundle(), logger })
    const api = await startApi(config, logger)
    const db = connectDb(databaseUrl, 1)
    const { key } = await createKey(db, 'kvidai', { name: 'test', scope: 'admin' })
    await db.end()
    return new Services(config, worker, api, key)
  }

  async close(): Promise<void> {
    await Promise.all([this.api.stop(), this.worker.stop()])
  }
}

/** Clients that reserve and settle; `done` lists the acknowledged generations. */
class Clients {
  readonly done: string[] = []
  readonly account = randomUUID()
  private stopping = false
  private readonly calls: Caller
  private readonly running: Promise<void>[]

  constructor({ calls }: Services) {
    this.calls = calls
    this.running = Array.from({ length: CLIENTS }, () => this.runClient())
  }

  private async runClient(): Promise<void> {
    const path = `/v1/accounts/${randomUUID()}`
    await this.sendUntilAnswered(() => this.calls.put(path, {}))
    await this.send(`${path}/grants`, { source: 'purchased', amount: 100_000, reason: 'test' })
    while (!this.stopping) {
      const { id } = await this.send(`${path}/generations`, { operation: 'text', outputs: 2 })
      await this.send(`/v1/generations/${id}/complete`, { delivered: 1 })
      this.done.push(id)
    }
  }

  private send(path: string, body: object, key = randomUUID()): Promise<any> {
    return this.sendUntilAnswered(() => this.calls.post(path, body, key))
  }

  /** Repeats a call while the answer is 503. */
  private async sendUntilAnswered(call: () => Promise<Answer>): Promise<any> {
    const { status, body } = await whileUnavailable(call)
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Resolves after more generations are settled. */
  async waitForProgress(): Promise<void> {
    const minimum = this.done.length + CLIENTS * GENERATIONS_PER_STEP
    await Promise.race([
      waitFor('more settled generations', () => this.done.length >= minimum),
      Promise.all(this.running),
    ])
  }

  async stop(): Promise<void> {
    this.stopping = true
    await Promise.all(this.running)
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-migrations-'))
  // PostgreSQL runs as another user where we are root, and must find its data in there.
  await chmod(folder, 0o711)
  postgres = await startPostgres({ dataDir: folder, onProgress: () => undefined })
  await migrate(postgres.url)
  await fillLedger(postgres.url, ENTRIES)
})
afterAll(async () => {
  await services?.close()
  await postgres?.stop()
  await removeDataFolder(folder)
})

async function expectConsistent(url: string): Promise<void> {
  const db = connectDb(url, 1, { statementSeconds: 300 })
  expect(await verify(db)).toEqual([])
  await db.end()
}

/** The migrations of this version, and an example of one of a later version. */
class LaterVersion extends NumberedFiles {
  private readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  override async getMigrations(): Promise<string[]> {
    return [...(await super.getMigrations()), this.name]
  }
  override async getMigration(name: string): Promise<Knex.Migration> {
    if (name !== this.name) return super.getMigration(name)
    return {
      up: async db => {
        await db.raw('alter table accounts add column note text')
        await db.raw('alter table holds add column note text')
        await db.raw('create index holds_by_settlement on holds (account_key, settled_at)')
      },
      down: db => db.raw('alter table accounts drop column note; alter table holds drop column note'),
    }
  }
}

async function migrateDown(url: string, migrationSource: NumberedFiles): Promise<void> {
  const db = openKnex(url)
  await db.migrate.down({ migrationSource })
  await db.destroy()
}

it('migrations up and down, and a backup that is restored, lose nothing that was acknowledged to concurrent clients', async () => {
  const queue = `migrations-${randomUUID()}`
  services = await Services.open(postgres.url, queue)
  const clients = new Clients(services)
  await clients.waitForProgress()
  for (let round = 0; round < repetitions(1, 10); round++) {
    const later = new LaterVersion(`999-later-${round}`)
    await migrate(postgres.url, later)
    await clients.waitForProgress()
    await expectConsistent(postgres.url)
    await migrateDown(postgres.url, later)
    await clients.waitForProgress()
    await expectConsistent(postgres.url)
  }

  // The backup holds everything acknowledged before it began.
  const before = [...clients.done]
  const backup = await backUpOnline(postgres.url, folder)
  await clients.waitForProgress()
  await clients.stop()
  await services.close()
  services = undefined
  await expectConsistent(postgres.url)
  await postgres.stop()

  postgres = await startPostgres({ dataDir: backup, onProgress: () => undefined })
  const replaced = folder
  folder = backup
  await removeDataFolder(replaced)
  await migrate(postgres.url)
  await expectConsistent(postgres.url)
  services = await Services.open(postgres.url, queue)
  const reconciled = await runOps(services, 'reconcile')
  expect(reconciled).toMatchObject({ code: 0 })
  for (const id of before)
    expect((await services.calls.get(`/v1/generations/${id}`)).body).toMatchObject({ spent: 1, refunded: 1 })
  const clientsAfterRestore = new Clients(services)
  await clientsAfterRestore.waitForProgress()
  await clientsAfterRestore.stop()
  await services.close()
  services = undefined
  await expectConsistent(postgres.url)
  console.info(
    `${ENTRIES} entries; ${clients.done.length} generations during the migrations, ${before.length} before the backup; ` +
      reconciled.output.trim().split('\n').at(-1),
  )
})
