import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { endProcess } from './processes.ts'
import type { SystemUser } from './system-user.ts'

/** A server that runs as a child of this process, with its output in a log file. */
export interface ServerProcess {
  pid: number
  /** Resolves when the process has ended, with how it ended. */
  ended: Promise<string>
  hasEnded(): boolean
  /** The last lines that this process has written to its log. */
  lastLog(): string
  /** Sends the signals one after the other, each with its time in seconds, until it has ended. */
  stop(steps: [NodeJS.Signals, number][]): Promise<void>
}

interface Launch {
  executable: string
  args: string[]
  logFile: string
  runAs?: SystemUser
}

/** Starts a server; whether it is ready is for the caller to find out. */
export function launch({ executable, args, logFile, runAs }: Launch): ServerProcess {
  const log = openSync(logFile, 'a', 0o600)
  const logStart = statSync(logFile).size
  // Detached, so that Ctrl-C in the terminal reaches only us and we stop the servers in their order;
  // at the root, because the system user that runs it may not enter our folder.
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
  const lastLog = () =>
    readFileSync(logFile).subarray(logStart).toString().trim().split('\n').slice(-5).join('\n')
  return { pid: child.pid ?? 0, ended, hasEnded: () => over, lastLog, stop }
}
