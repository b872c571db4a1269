import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AppConfig } from '../../../platform/config.ts'
import { serviceFile } from '../run/servers.ts'

const shiftedClock = pathToFileURL(path.join(__dirname, 'shifted-clock.mjs'))

type Role = 'api' | 'worker' | 'both'

/** A service as a process that can be killed and restarted. */
export class ServiceProcess {
  private readonly role: Role
  private readonly config: AppConfig
  private readonly aheadMs: number
  private child: ChildProcess | undefined
  /** resolves when the current process answers */
  ready: Promise<void> = Promise.resolve()

  /** @param aheadMs how far its clock is ahead of the machine's */
  constructor(role: Role, config: AppConfig, aheadMs = 0) {
    this.role = role
    this.config = config
    this.aheadMs = aheadMs
  }

  start(): Promise<void> {
    const args = [this.role, JSON.stringify(this.config)]
    const execArgv = this.aheadMs ? ['--import', `${shiftedClock}?ms=${this.aheadMs}`] : []
    const child = fork(serviceFile(), args, { execArgv })
    this.child = child
    this.ready = Promise.race([once(child, 'message'), once(child, 'exit')]).then(([message]) => {
      if (message !== 'ready' && this.child === child) throw new Error(`the ${this.role} ended: ${message}`)
    })
    return this.ready
  }

  /** Resident memory in bytes. */
  memory(): number {
    const { pid } = this.child ?? {}
    const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
    return Number(stdout) * 1024
  }

  /** Kills it with kill -9; resolves when it has ended. */
  async kill(): Promise<void> {
    const { child } = this
    this.child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
}
