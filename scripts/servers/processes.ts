import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The command line of a running process, or undefined when there is none. A zombie counts as none. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') return procFile(pid, 'cmdline')?.replaceAll('\0', ' ').trim() || undefined
  return ps(pid, 'command')
}

/**
 * A mark that tells a process from a later one with the same pid: its start time, and on Linux the boot it
 * belongs to. Undefined when the process does not run.
 */
export function processMark(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'lstart')
  if (commandLine(pid) === undefined) return undefined
  // The program's name, in parentheses, may hold spaces: count the fields after it.
  const fields = procFile(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ')
  return fields && `${procFile('sys/kernel/random', 'boot_id')?.trim()}/${fields[19]}`
}

/** Sends the signals one after the other until the process has ended, giving each its time in seconds. */
export async function endProcess(pid: number, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, seconds] of steps) {
    if (commandLine(pid) === undefined) return
    sendSignal(pid, signal)
    if (await becomesTrue(() => commandLine(pid) === undefined, seconds)) return
  }
  throw new Error(`Process ${pid} did not end.`)
}

/** Asks again and again until the answer is yes (true) or the time in seconds is over (false). */
export async function becomesTrue(
  condition: () => boolean | Promise<boolean>,
  seconds: number,
): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000
  while (!(await condition())) {
    if (performance.now() > deadline) return false
    await sleep(40)
  }
  return true
}

/** Sends a signal to a process, or with a negative pid to its group; one that has gone is not an error. */
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
