import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import path from 'node:path'

type Server = 'postgres' | 'temporal' | 'temporal_ui' | 'worker_metrics'

/** Listens briefly on a port. @returns the port @throws the system's error */
export function tryPort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(port)))
  })
}

/** A random port below the range of outgoing connections, one of which might take it first. */
export function anyPort(): number {
  return randomInt(20_000, 32_000)
}

/** A free port of 127.0.0.1, below the range of outgoing connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    try {
      return await tryPort(anyPort(), '127.0.0.1')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}

export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** A free port: the one that this server last used in this data folder, if possible. */
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
