import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Sample } from '../measure/load.ts'

export type Child<Ready> = {
  ready: Ready
  usage(): Promise<Usage>
  stop(): Promise<void>
}

/** What a process takes of the machine: its memory (RSS) now, and its CPU time since it began. */
export type Usage = { memory_mb: number; cpu_ms: number }

/** Starts a file of bench/, named without its ending, in a process of its own and waits until it is ready. */
export async function startChild<Ready>(
  file: string,
  args: string[],
  execArgv: string[] = [],
): Promise<Child<Ready>> {
  const child = fork(path.join(import.meta.dirname, '..', file + path.extname(import.meta.filename)), args, {
    execArgv,
  })
  const ended = once(child, 'exit')
  const answer = async () => {
    const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
    if (!first) throw new Error(`${file} ended before it was told to`)
    return first[0]
  }
  const ready: Ready = await answer()
  return { ready, usage: () => ask(child, answer), stop: () => end(child, ended) }
}

/** Looks also at what a child takes of the machine for each piece of work. */
export async function withCpu(child: Child<unknown>, load: () => Promise<Sample>): Promise<Sample> {
  const before = await child.usage()
  const sample = await load()
  const after = await child.usage()
  return { ...sample, cpu_ms: (after.cpu_ms - before.cpu_ms) / sample.latencies_ms.length }
}

async function ask<T>(child: ChildProcess, answer: () => Promise<T>): Promise<T> {
  child.send('usage')
  return answer()
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect()
  await ended
}

/** In the child: says that it is ready, and resolves when the parent wants it to end or is gone. */
export async function untilParentEnds(ready: object): Promise<void> {
  // Ctrl-C in the terminal reaches us too, but our end is the parent's to say.
  process.on('SIGINT', () => undefined)
  process.on('message', () => process.send?.(usage()))
  process.send?.(ready)
  await once(process, 'disconnect')
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { memory_mb: process.memoryUsage.rss() / 1024 ** 2, cpu_ms: (user + system) / 1000 }
}
