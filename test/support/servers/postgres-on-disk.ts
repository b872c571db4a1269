import { chmod, mkdtemp, readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type RunningPostgres, startPostgres } from '../../../scripts/servers/postgres.ts'
import { removeDataFolder } from '../run/data-folder.ts'

/** A PostgreSQL server of a test, with its data in a folder. It keeps its address over restarts. */
export class PostgresOnDisk {
  readonly url: string
  private readonly folder: string
  private running: RunningPostgres

  private constructor(folder: string, running: RunningPostgres) {
    this.folder = folder
    this.running = running
    this.url = running.url
  }

  static async start(): Promise<PostgresOnDisk> {
    const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-postgres-'))
    // PostgreSQL runs as another user where we are root, and must find its data in there.
    await chmod(folder, 0o711)
    return new PostgresOnDisk(folder, await serve(folder))
  }

  /** Kills the server at once, as kill -9 or a power cut would: it must recover from its log at the next start. */
  async kill(): Promise<void> {
    const cluster = await this.cluster()
    const postmaster = Number.parseInt(await readFile(path.join(cluster, 'data/postmaster.pid'), 'utf8'), 10)
    process.kill(postmaster, 'SIGQUIT')
    await this.running.ended
    await this.halt()
  }

  /** Stops the server: sessions end, and open transactions roll back. */
  halt(): Promise<void> {
    return this.running.stop()
  }

  /** Resolves when the current server has ended. */
  get ended(): Promise<string> {
    return this.running.ended
  }

  async restart(): Promise<void> {
    this.running = await serve(this.folder)
    if (this.running.url !== this.url) throw new Error(`another process took the address of ${this.url}`)
  }

  /** The folder of the cluster. */
  cluster(): Promise<string> {
    return realpath(path.join(this.folder, 'postgres'))
  }

  async stop(): Promise<void> {
    await this.halt()
    await removeDataFolder(this.folder)
  }
}

function serve(dataDir: string): Promise<RunningPostgres> {
  return startPostgres({ dataDir, onProgress: () => undefined })
}
