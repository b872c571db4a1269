import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeTogether } from './tap.ts'

/** How an answer breaks off: with a reset in the middle, silently in the middle, or without its last bytes. */
export type BreakMode = 'reset' | 'silence' | 'loss'

/** Faults of a connection. */
export type ConnectionFaults = {
  /** delay of each chunk in ms, in both directions */
  latency?: number
  bytesPerSecond?: number
  /** decides whether and how a chunk of an answer breaks off */
  breakAt?: (chunk: Buffer) => BreakMode | undefined
  /** accepts connections and never answers; open ones are closed */
  unresponsive?: boolean
}

/** Bytes that are lost at the end: fewer than any answer has. */
const LOST_BYTES = 5

/**
 * A proxy to a server. While it is cut, open connections are closed and new ones are refused. It can also hold back answers
 * and add other faults.
 */
export type FaultProxy = {
  host: string
  cut(): void
  restore(): Promise<void>
  holdAnswers(): void
  releaseAnswers(): void
  /** Applies to new data; silent connections stay silent. */
  setFaults(faults: ConnectionFaults): void
  stop(): Promise<void>
}

/** @param target host:port */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const [host = '', port] = target.split(':')
  const open = new Set<Socket>()
  let server: Server
  let ownPort = 0
  let faults: ConnectionFaults = {}
  let held = Promise.resolve()
  let releaseAnswers = () => {}

  function accept(client: Socket): void {
    if (faults.unresponsive) {
      open.add(client)
      client.on('error', () => client.destroy()).on('close', () => open.delete(client))
      client.resume()
      return
    }
    const upstream = connect(Number(port), host)
    closeTogether(open, client, upstream)
    forward(client, upstream, () => undefined)
    forward(upstream, client, chunk => faults.breakAt?.(chunk), true)
  }

  /** Forwards one direction, chunk by chunk, until the connection closes. */
  function forward(from: Socket, to: Socket, breakAt: (chunk: Buffer) => BreakMode | undefined, answers = false): void {
    let silent = false
    const forwardChunk = async (chunk: Buffer): Promise<void> => {
      const { latency, bytesPerSecond } = faults
      if (latency) await sleep(latency)
      if (bytesPerSecond) await sleep((chunk.length / bytesPerSecond) * 1000)
      if (answers) await held
      const mode = breakAt(chunk)
      const forwarded = mode ? chunk.subarray(0, mode === 'loss' ? -LOST_BYTES : chunk.length / 2) : chunk
      await new Promise<void>(sent => to.write(forwarded, () => sent()))
      if (mode === 'reset') to.resetAndDestroy()
      if (mode === 'loss') to.end()
      silent = mode === 'silence'
    }
    from.on('data', chunk => {
      if (silent) return
      from.pause()
      void forwardChunk(chunk).finally(() => from.resume())
    })
  }

  const listen = async () => {
    server = createServer(accept).listen(ownPort, '127.0.0.1')
    await once(server, 'listening')
    ownPort = (server.address() as AddressInfo).port
  }
  await listen()
  const closeConnections = () => {
    for (const socket of open) socket.destroy()
  }
  const cut = () => {
    server.close()
    closeConnections()
  }
  return {
    host: `127.0.0.1:${ownPort}`,
    cut,
    restore: listen,
    holdAnswers: () => {
      held = new Promise(resolve => {
        releaseAnswers = resolve
      })
    },
    releaseAnswers: () => releaseAnswers(),
    setFaults: next => {
      faults = next
      if (next.unresponsive) closeConnections()
    },
    stop: async () => cut(),
  }
}
