import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a server that can be cut and mended: what is under way breaks, new connections are refused. */
export type CuttableLine = { host: string; cut(): void; mend(): Promise<void>; stop(): Promise<void> }

/** @param target host:port */
export async function startLine(target: string): Promise<CuttableLine> {
  const [host = '', port] = target.split(':')
  const open = new Set<Socket>()
  let server: Server
  let ownPort = 0
  const listen = () =>
    new Promise<void>(resolve => {
      server = createServer(near => {
        const far = connect(Number(port), host)
        for (const [socket, other] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(socket)
          socket.pipe(other)
          socket.on('error', () => other.destroy())
          socket.on('close', () => {
            open.delete(socket)
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
    for (const socket of open) socket.destroy()
  }
  return {
    host: `127.0.0.1:${ownPort}`,
    cut,
    mend: listen,
    stop: async () => cut(),
  }
}
