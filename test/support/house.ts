import { chmod, mkdtemp, readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createKey } from '../../api/auth.ts'
import { readConfig } from '../../config.ts'
import type { Book } from '../../ledger/act.ts'
import { openBook } from '../../ledger/connect.ts'
import { migrate } from '../../migrations/migrate.ts'
import { tryPort } from '../../scripts/servers/ports.ts'
import { type RunningPostgres, startPostgres } from '../../scripts/servers/postgres.ts'
import { type CuttableLine, startLine } from './cuttable-line.ts'
import { removeDataFolder } from './data-folder.ts'
import { buildGate, type Gate } from './gate.ts'
import { Killable } from './killable.ts'
import { type Caller, caller } from './lotkeeper.ts'
import { temporalAddress } from './servers.ts'

/** API, worker and a PostgreSQL of their own, each a process that can be killed. */
export class House {
  readonly api: Killable
  readonly worker: Killable
  /** between our processes and PostgreSQL */
  readonly line: CuttableLine
  readonly gate: Gate
  readonly book: Book
  readonly kvidai: Caller
  private readonly folder: string
  private postgres: RunningPostgres

  private constructor(
    parts: Pick<House, 'api' | 'worker' | 'line' | 'gate' | 'book' | 'kvidai'> & {
      folder: string
      postgres: RunningPostgres
    },
  ) {
    this.api = parts.api
    this.worker = parts.worker
    this.line = parts.line
    this.gate = parts.gate
    this.book = parts.book
    this.kvidai = parts.kvidai
    this.folder = parts.folder
    this.postgres = parts.postgres
  }

  static async build(name: string): Promise<House> {
    const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-house-'))
    // PostgreSQL runs as another user where we are root, and must find its data in there.
    await chmod(folder, 0o711)
    const postgres = await openPostgres(folder)
    await migrate(postgres.url)
    const url = new URL(postgres.url)
    const line = await startLine(url.host)
    url.host = line.host
    const port = await tryPort(0, '127.0.0.1')
    const config = {
      ...readConfig({ NODE_ENV: 'test', PORT: String(port), TEMPORAL_TASK_QUEUE: name, DATABASE_POOL: '5' }),
      databaseUrl: url.href,
      temporalAddress: temporalAddress(),
    }
    const api = new Killable('api', config)
    const worker = new Killable('worker', config)
    const gate = await buildGate(postgres.url)
    await Promise.all([api.start(), worker.start()])
    const book = openBook(postgres.url, 2)
    const { key } = await createKey(book, 'kvidai', { name: 'test', scope: 'admin' })
    const kvidai = caller(`http://127.0.0.1:${port}`, key)
    return new House({ api, worker, line, gate, book, kvidai, folder, postgres })
  }

  /** Kills the server at once, as kill -9 or a power cut would: it must recover from its log at the next start. */
  async killPostgres(): Promise<void> {
    const cluster = await realpath(path.join(this.folder, 'postgres'))
    const postmaster = Number.parseInt(await readFile(path.join(cluster, 'data/postmaster.pid'), 'utf8'), 10)
    process.kill(postmaster, 'SIGQUIT')
    await this.postgres.ended
    await this.postgres.stop()
  }

  async startPostgres(): Promise<void> {
    this.postgres = await openPostgres(this.folder)
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.kill(), this.worker.kill()])
    await this.book.end()
    await this.line.stop()
    await this.postgres.stop()
    await removeDataFolder(this.folder)
  }
}

function openPostgres(dataDir: string): Promise<RunningPostgres> {
  return startPostgres({ dataDir, onProgress: () => undefined })
}
