import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import path from 'node:path'

type Server = 'postgres' | 'temporal' | 'temporal_ui' | 'worker_metrics'

/** Listens on a port for a moment and answers its number; throws the system's error if it cannot. */
export function tryPort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(port)))
  })
}

/** Any port below those that systems give to outgoing connections, one of which might take it before its server does. */
export function anyPort(): number {
  return randomInt(20_000, 32_000)
}

/** A port of this machine that nobody has, and that nobody is given who does not ask for it. */
export async function freePort(): Promise<number> {
  for (;;) {
    try {
      return await tryPort(anyPort(), '127.0.0.1')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}

/** Whether a server of this machine takes connections at the port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** A free port of this machine: the one that this server used last in this data folder, where that is still free. */
export async function choosePort(dataDir: string, server: Server, firstWish?: number): Promise<number> {
  const wish = readPorts(dataDir)[server] ?? firstWish
  const port = wish ? await tryPort(wish, '127.0.0.1').catch(freePort) : await freePort()
  writeFileSync(portsFile(dataDir), JSON.stringify({ ...readPorts(dataDir), [server]: port }))
  return port
}

function readPorts(dataDir: string): Partial<Record<Server, number>> {
  try {
    return JSON.parse(readFileSync(portsFile(dataDir), 'utf8'))
  } catch {
    return {}
  }
}

function portsFile(dataDir: string): string {
  return path.join(dataDir, 'ports.json')
}
