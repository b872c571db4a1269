import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { tie } from './tap.ts'

/** How an answer breaks off: in the middle with a reset, in the middle silently, or just before its end. */
export type Break = 'reset' | 'silence' | 'loss'

/** Faults of a connection. */
export type Trouble = {
  /** ms that each piece takes longer, both ways */
  latency?: number
  bytesPerSecond?: number
  /** decides how a piece of an answer breaks off */
  breaks?: (piece: Buffer) => Break | undefined
  /** accepts connections and never answers; open ones are closed */
  deaf?: boolean
}

/** Lost bytes at the end: fewer than any answer has. */
const LOST = 5

/**
 * A proxy to a server that can be cut and mended: open connections break, new ones are refused. It can also hold back
 * answers, and have other faults.
 */
export type FaultProxy = {
  host: string
  cut(): void
  mend(): Promise<void>
  hold(): void
  release(): void
  /** Applies to new data; silent connections stay silent. */
  suffer(trouble: Trouble): void
  stop(): Promise<void>
}

/** @param target host:port */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const [host = '', port] = target.split(':')
  const open = new Set<Socket>()
  let server: Server
  let ownPort = 0
  let trouble: Trouble = {}
  let held = Promise.resolve()
  let release = () => {}

  function take(near: Socket): void {
    if (trouble.deaf) {
      open.add(near)
      near.on('error', () => near.destroy()).on('close', () => open.delete(near))
      near.resume()
      return
    }
    const far = connect(Number(port), host)
    tie(open, near, far)
    carry(near, far, () => undefined)
    carry(far, near, piece => trouble.breaks?.(piece), true)
  }

  /** Forwards one direction, piece by piece, until the connection closes. */
  function carry(from: Socket, to: Socket, breaks: (piece: Buffer) => Break | undefined, answers = false): void {
    let silent = false
    const pass = async (piece: Buffer): Promise<void> => {
      const { latency, bytesPerSecond } = trouble
      if (latency) await sleep(latency)
      if (bytesPerSecond) await sleep((piece.length / bytesPerSecond) * 1000)
      if (answers) await held
      const how = breaks(piece)
      const heard = how ? piece.subarray(0, how === 'loss' ? -LOST : piece.length / 2) : piece
      await new Promise<void>(sent => to.write(heard, () => sent()))
      if (how === 'reset') to.resetAndDestroy()
      if (how === 'loss') to.end()
      silent = how === 'silence'
    }
    from.on('data', piece => {
      if (silent) return
      from.pause()
      void pass(piece).finally(() => from.resume())
    })
  }

  const listen = async () => {
    server = createServer(take).listen(ownPort, '127.0.0.1')
    await once(server, 'listening')
    ownPort = (server.address() as AddressInfo).port
  }
  await listen()
  const hangUp = () => {
    for (const socket of open) socket.destroy()
  }
  const cut = () => {
    server.close()
    hangUp()
  }
  return {
    host: `127.0.0.1:${ownPort}`,
    cut,
    mend: listen,
    hold: () => {
      held = new Promise(resolve => {
        release = resolve
      })
    },
    release: () => release(),
    suffer: next => {
      trouble = next
      if (next.deaf) hangUp()
    },
    stop: async () => cut(),
  }
}
