import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type RunningTemporal, startTemporal } from '../../../scripts/servers/temporal.ts'
import { removeDataFolder } from '../run/data-folder.ts'
import { temporalCli } from '../run/servers.ts'

const DATA = /^temporal\.db/

/** A Temporal server with its data in a folder, which can be deleted, saved and restored. It keeps its address. */
export class TemporalOnDisk {
  readonly address: string
  private readonly folder: string
  private running: RunningTemporal

  private constructor(folder: string, running: RunningTemporal) {
    this.folder = folder
    this.running = running
    this.address = running.address
  }

  static async start(): Promise<TemporalOnDisk> {
    const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-temporal-'))
    return new TemporalOnDisk(folder, await serve(folder))
  }

  /** Stops it, runs a change of its data, and restarts it. */
  async whileStopped(change: () => Promise<void>): Promise<void> {
    await this.running.stop()
    await change()
    this.running = await serve(this.folder)
    if (this.running.address !== this.address) throw new Error(`another process took ${this.address}`)
  }

  async deleteData(): Promise<void> {
    for (const file of await this.files(this.folder)) await rm(file)
  }

  /** Copies the data. @returns a function that restores it */
  async saveData(): Promise<() => Promise<void>> {
    const backup = await mkdtemp(path.join(this.folder, 'backup-'))
    for (const file of await this.files(this.folder)) await copyFile(file, path.join(backup, path.basename(file)))
    return async () => {
      await this.deleteData()
      for (const file of await this.files(backup)) await copyFile(file, path.join(this.folder, path.basename(file)))
    }
  }

  async stop(): Promise<void> {
    await this.running.stop()
    await removeDataFolder(this.folder)
  }

  private async files(folder: string): Promise<string[]> {
    return (await readdir(folder)).filter(file => DATA.test(file)).map(file => path.join(folder, file))
  }
}

function serve(dataDir: string): Promise<RunningTemporal> {
  const options = { executable: temporalCli(), dataDir, namespace: 'default' }
  return startTemporal({ ...options, onProgress: () => undefined })
}
