import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AppConfig, readConfig } from '../../../platform/config.ts'
import { freePort } from '../../../scripts/servers/ports.ts'
import { createDatabase, serviceFile, temporalAddress } from './servers.ts'

/**
 * Starts API and worker in one process for each Jest worker that requests them: GET /NUMBER returns the configuration.
 * @returns the address of the requests, and a function that stops all processes
 */
export async function serveSharedLotkeepers(): Promise<{ url: string; stop(): Promise<void> }> {
  const children: ChildProcess[] = []
  const started = new Map<string, Promise<AppConfig>>()
  const start = async () => {
    const config = await newConfig()
    const child = fork(serviceFile(), ['both', JSON.stringify(config)])
    children.push(child)
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    if (message !== 'ready') throw new Error(`the shared Lotkeeper ended: ${message}`)
    return config
  }
  const server = createServer(async ({ url = '' }, response) => {
    const config = started.get(url) ?? start()
    started.set(url, config)
    await config.then(
      value => response.end(JSON.stringify(value)),
      error => response.writeHead(500).end(String(error)),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close()
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

async function newConfig(): Promise<AppConfig> {
  const settings = {
    NODE_ENV: 'test',
    PORT: String(await freePort()),
    TEMPORAL_TASK_QUEUE: `test-${randomUUID()}`,
    DATABASE_POOL: '20',
  }
  const { url: databaseUrl } = await createDatabase()
  return { ...readConfig(settings), databaseUrl, temporalAddress: temporalAddress() }
}
