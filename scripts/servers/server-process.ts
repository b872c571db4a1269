import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { endProcess } from './processes.ts'
import type { SystemUser } from './system-user.ts'

/** A child process that logs to a file. */
export interface ServerProcess {
  pid: number
  /** resolves with the reason when the process ends */
  ended: Promise<string>
  hasEnded(): boolean
  /** the last lines of its log */
  lastLog(): string
  /** sends the signals in order, each with its time-out in seconds, until it ends */
  stop(steps: [NodeJS.Signals, number][]): Promise<void>
}

interface Launch {
  executable: string
  args: string[]
  logFile: string
  runAs?: SystemUser
}

/** Starts a server; does not wait until it is ready. */
export function launch({ executable, args, logFile, runAs }: Launch): ServerProcess {
  const log = openSync(logFile, 'a', 0o600)
  const logStart = statSync(logFile).size
  // Detached, so that Ctrl-C reaches only us and we stop the servers in order. In /, because its user may not enter our folder.
  const stdio = ['ignore', log, log] as const
  const child = spawn(executable, args, { cwd: '/', detached: true, stdio: [...stdio], ...runAs })
  closeSync(log)
  let over = false
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  }).finally(() => {
    over = true
  })
  const stop = async (steps: [NodeJS.Signals, number][]) => {
    if (over || child.pid === undefined) return
    await endProcess(child.pid, steps)
    await ended
  }
  const lastLog = () => readFileSync(logFile).subarray(logStart).toString().trim().split('\n').slice(-5).join('\n')
  return { pid: child.pid ?? 0, ended, hasEnded: () => over, lastLog, stop }
}
