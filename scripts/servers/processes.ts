import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The command line of a running process; undefined for none or a zombie. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') return procFile(pid, 'cmdline')?.replaceAll('\0', ' ').trim() || undefined
  return ps(pid, 'command')
}

/** Identifies a process despite pid reuse: its start time, and on Linux the boot id. Undefined when it does not run. */
export function processMark(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'lstart')
  if (commandLine(pid) === undefined) return undefined
  // The program name in parentheses may contain spaces.
  const fields = procFile(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ')
  return fields && `${procFile('sys/kernel/random', 'boot_id')?.trim()}/${fields[19]}`
}

/** Sends the signals in order, each with its time-out in seconds, until the process ends. */
export async function endProcess(pid: number, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, seconds] of steps) {
    if (commandLine(pid) === undefined) return
    sendSignal(pid, signal)
    if (await becomesTrue(() => commandLine(pid) === undefined, seconds)) return
  }
  throw new Error(`Process ${pid} did not end.`)
}

/** Polls a condition. @returns false when it does not hold within the time */
export async function becomesTrue(condition: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000
  while (!(await condition())) {
    if (performance.now() > deadline) return false
    await sleep(40)
  }
  return true
}

/** Sends a signal to a process or, with a negative pid, its group; ignores one that has ended. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function procFile(folder: number | string, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${folder}/${name}`, 'utf8')
  } catch {
    return undefined
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const
    const output = execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { stdio: [...stdio] })
    return output.toString().trim() || undefined
  } catch {
    return undefined
  }
}
