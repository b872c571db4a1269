import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * A line to a server that can be cut and mended: what is under way breaks, new connections are refused. It can also hold
 * back what the server answers, and let it go.
 */
export type CuttableLine = {
  host: string
  cut(): void
  mend(): Promise<void>
  hold(): void
  release(): void
  stop(): Promise<void>
}

/** @param target host:port */
export async function startLine(target: string): Promise<CuttableLine> {
  const [host = '', port] = target.split(':')
  const open = new Map<Socket, Socket>()
  let server: Server
  let ownPort = 0
  let held = false
  const listen = () =>
    new Promise<void>(resolve => {
      server = createServer(near => {
        const far = connect(Number(port), host)
        open.set(far, near)
        near.pipe(far)
        if (!held) far.pipe(near)
        for (const [socket, other] of [
          [near, far],
          [far, near],
        ] as const) {
          socket.on('error', () => other.destroy())
          socket.on('close', () => {
            open.delete(far)
            other.destroy()
          })
        }
      }).listen(ownPort, '127.0.0.1', () => {
        ownPort = (server.address() as AddressInfo).port
        resolve()
      })
    })
  await listen()
  const cut = () => {
    server.close()
    for (const [far, near] of open) {
      far.destroy()
      near.destroy()
    }
  }
  return {
    host: `127.0.0.1:${ownPort}`,
    cut,
    mend: listen,
    hold: () => {
      held = true
      for (const [far, near] of open) far.unpipe(near)
    },
    release: () => {
      held = false
      for (const [far, near] of open) far.pipe(near)
    },
    stop: async () => cut(),
  }
}
