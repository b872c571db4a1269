import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

export type Child<Ready> = {
  ready: Ready
  /** its memory in MB: what it has now of the machine's (RSS) */
  memory(): Promise<number>
  stop(): Promise<void>
}

/** Starts a file of bench/ in a process of its own and waits until it is ready. */
export async function startChild<Ready>(file: string, args: string[]): Promise<Child<Ready>> {
  const child = fork(path.join(import.meta.dirname, file), args, { execArgv: ['--import', 'tsx'] })
  const ended = once(child, 'exit')
  const answer = async () => {
    const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
    if (!first) throw new Error(`${file} ended before it was told to`)
    return first[0]
  }
  const ready: Ready = await answer()
  return { ready, memory: () => ask(child, answer), stop: () => end(child, ended) }
}

async function ask<T>(child: ChildProcess, answer: () => Promise<T>): Promise<T> {
  child.send('memory')
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
  process.on('message', () => process.send?.(process.memoryUsage.rss() / 1024 ** 2))
  process.send?.(ready)
  await once(process, 'disconnect')
}
