import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { tryPort } from '../../scripts/servers/ports.ts'
import { becomesTrue } from '../../scripts/servers/processes.ts'
import { launch } from '../../scripts/servers/server-process.ts'
import { runSql } from './database.ts'

const HOST = '127.0.0.1'
const NAMESPACE = 'default'
const databases = { temporal: 'temporal', temporal_visibility: 'visibility' }
/** Temporal stores membership ports as signed 16-bit integers. */
const FIRST_PORT = 17_000
const SHUTDOWN: [NodeJS.Signals, number][] = [
  ['SIGTERM', 10],
  ['SIGKILL', 1],
]

/**
 * Starts Temporal's own server on the run's PostgreSQL, as in a deployment, instead of the development server on SQLite.
 * @param folder holds the programs `server` and `sql`; docs/performance.md shows how to build them
 */
export async function startTemporalOnPostgres(
  folder: string,
  dataDir: string,
  databaseUrl: string,
): Promise<{ address: string; stop(): Promise<void> }> {
  const url = new URL(databaseUrl)
  for (const [database, schema] of Object.entries(databases))
    await createSchema(path.join(folder, 'sql'), url, database, schema)
  const ports = await freePorts(8)
  const root = path.join(dataDir, 'temporal')
  await mkdir(path.join(root, 'config'), { recursive: true })
  // Temporal reads YAML, of which JSON is a subset.
  await writeFile(path.join(root, 'config', 'bench.yaml'), JSON.stringify(configuration(url, ports, root)))
  await writeFile(path.join(root, 'dynamic.yaml'), '')
  const server = launch({
    executable: path.join(folder, 'server'),
    args: ['--root', root, '--config', 'config', '--env', 'bench', 'start'],
    logFile: path.join(dataDir, 'temporal.log'),
  })
  const stop = () => server.stop(SHUTDOWN)
  const address = `${HOST}:${ports[0]}`
  const isReady = async () => server.hasEnded() || (await registerNamespace(address))
  if ((await becomesTrue(isReady, 120)) && !server.hasEnded()) return { address, stop }
  await stop()
  throw new Error(`Temporal did not start: ${server.lastLog()}`)
}

async function freePorts(count: number): Promise<number[]> {
  const free: number[] = []
  for (let port = FIRST_PORT; free.length < count; port++) {
    const isFree = await tryPort(port, HOST).then(
      () => true,
      () => false,
    )
    if (isFree) free.push(port)
  }
  return free
}

async function createSchema(tool: string, { href, port, username, password }: URL, database: string, schema: string) {
  await runSql(href, `create database "${database}"`)
  const server = ['--plugin', 'postgres12', '--ep', HOST, '-p', port, '-u', username, '--pw', password]
  const run = (...args: string[]) => promisify(execFile)(tool, [...server, '--db', database, ...args])
  await run('setup-schema', '-v', '0.0')
  await run('update-schema', '--schema-name', `postgresql/v12/${schema}`)
}

/** @returns false while the server is not ready */
async function registerNamespace(address: string): Promise<boolean> {
  const connection = Connection.lazy({ address })
  try {
    await connection.withDeadline(Date.now() + 3000, () =>
      connection.workflowService.registerNamespace({
        namespace: NAMESPACE,
        workflowExecutionRetentionPeriod: msToTs('1 day'),
      }),
    )
    return true
  } catch (error) {
    return /already exists/i.test(String(error))
  } finally {
    await connection.close()
  }
}

function configuration({ port, username, password }: URL, ports: number[], root: string) {
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${HOST}:${port}`,
      connectProtocol: 'tcp',
      user: username,
      password,
      maxConns,
      maxIdleConns: maxConns,
    },
  })
  const service = (number: number) => ({
    rpc: { grpcPort: ports[number * 2], membershipPort: ports[number * 2 + 1], bindOnLocalHost: true },
  })
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { main: store('temporal', 20), visibility: store('temporal_visibility', 5) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: HOST } },
    services: { frontend: service(0), matching: service(1), history: service(2), worker: service(3) },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${HOST}:${ports[0]}`,
        },
      },
    },
    publicClient: { hostPort: `${HOST}:${ports[0]}` },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: path.join(root, 'dynamic.yaml'), pollInterval: '10s' },
  }
}
