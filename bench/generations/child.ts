import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

export type Child<Ready> = { ready: Ready; stop(): Promise<void> }

/** Starts a file of this folder in a process of its own and waits until it is ready. */
export async function startChild<Ready>(file: string, args: string[]): Promise<Child<Ready>> {
  const child = fork(path.join(import.meta.dirname, file), args, { execArgv: ['--import', 'tsx'] })
  const ended = once(child, 'exit')
  const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
  if (!first) throw new Error(`${file} ended before it was ready`)
  const stop = async () => {
    if (child.connected) child.disconnect()
    await ended
  }
  return { ready: first[0] as Ready, stop }
}

/** In the child: says that it is ready, and resolves when the parent wants it to end or is gone. */
export async function untilParentEnds(ready: object): Promise<void> {
  // Ctrl-C in the terminal reaches us too, but our end is the parent's to say.
  process.on('SIGINT', () => undefined)
  process.send?.(ready)
  await once(process, 'disconnect')
}
