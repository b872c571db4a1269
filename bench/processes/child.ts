import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Sample } from '../measure/load.ts'

export type Child<Ready> = {
  /** the message that the child sent when it was ready */
  ready: Ready
  usage(): Promise<Usage>
  stop(): Promise<void>
}

/** Resident memory now, and CPU time since the process started. */
export type Usage = { memory_mb: number; cpu_ms: number }

/** Starts a file of bench/, given without extension, as a child process and waits until it is ready. */
export async function startChild<Ready>(file: string, args: string[], execArgv: string[] = []): Promise<Child<Ready>> {
  const modulePath = path.join(import.meta.dirname, '..', file + path.extname(import.meta.filename))
  const child = fork(modulePath, args, { execArgv })
  const exited = once(child, 'exit')
  const nextMessage = async () => {
    const message = await Promise.race([once(child, 'message'), exited.then(() => undefined)])
    if (!message) throw new Error(`${file} exited unexpectedly`)
    return message[0]
  }
  const ready: Ready = await nextMessage()
  const usage = () => {
    child.send('usage')
    return nextMessage()
  }
  return { ready, usage, stop: () => stop(child, exited) }
}

/** Adds the child's CPU time per operation to the sample of a load. */
export async function withCpu(child: Child<unknown>, load: () => Promise<Sample>): Promise<Sample> {
  const before = await child.usage()
  const sample = await load()
  const after = await child.usage()
  return { ...sample, cpu_ms: (after.cpu_ms - before.cpu_ms) / sample.latencies_ms.length }
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect()
  await exited
}

/** In the child: reports that it is ready, and resolves when the parent disconnects or exits. */
export async function untilParentDisconnects(ready: object): Promise<void> {
  // A terminal sends Ctrl-C to the children too; they exit when the parent disconnects.
  process.on('SIGINT', () => undefined)
  process.on('message', () => process.send?.(usage()))
  process.send?.(ready)
  await once(process, 'disconnect')
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { memory_mb: process.memoryUsage.rss() / 1024 ** 2, cpu_ms: (user + system) / 1000 }
}

/** Node's options for the API, as in the Dockerfile. */
export const API_OPTIONS = ['--max-semi-space-size=4']
