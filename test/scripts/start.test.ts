import { existsSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type Call, callerOf, findRunning } from '../../scripts/running.ts'
import { becomesTrue, commandLine, endProcess } from '../../scripts/servers/processes.ts'
import { removeDataFolder } from '../support/run/data-folder.ts'
import { type Program, startProgram } from '../support/servers/program.ts'

const running = 'Lotkeeper is running.'

// Each start bundles the workflows and creates a database.
jest.setTimeout(180_000)

let dataDir: string
let programs: Program[]

/** Stops everything that runs in the data folder, and removes the folder. */
async function removeFolder(): Promise<void> {
  for (const program of programs) program.kill('SIGTERM')
  await Promise.all(programs.map(program => program.ended))
  for (const pid of serverPids()) await endProcess(pid, [['SIGQUIT', 10]])
  await removeDataFolder(dataDir)
}

async function makeFolder(): Promise<void> {
  programs = []
  dataDir = await mkdtemp(path.join(tmpdir(), 'lotkeeper-start-'))
  await chmod(dataDir, 0o711)
}

function start(variables: Record<string, string> = {}): Program {
  const program = startProgram(dataDir, variables)
  programs.push(program)
  return program
}

async function startAndWait(): Promise<Program> {
  const program = start()
  await program.waitForOutput(running)
  return program
}

// A start takes seconds, so each of these tests continues with the folder and the processes of the one before.
describe('starts in one data folder, one after the other', () => {
  let program: Program
  const account = '/v1/accounts/survivor'
  const order = { operation: 'image', outputs: 2 }
  const reserve = () => api()('POST', `${account}/generations`, order, 'order')

  beforeAll(makeFolder)
  afterAll(removeFolder)

  test('everything starts and prints its addresses', async () => {
    program = await startAndWait()
    const { api, database_url, temporal_address, temporal_ui, worker_metrics } = connections()
    expect(statSync(path.join(dataDir, 'connections.json')).mode & 0o777).toBe(0o600)
    expect(program.output()).toContain(api)
    expect(program.output()).toContain(temporal_ui)
    expect(temporal_address).toMatch(/^127\.0\.0\.1:\d+$/)
    expect((await fetch(`${api}/readyz`)).status).toBe(200)
    expect((await fetch(temporal_ui)).status).toBe(200)
    expect(await (await fetch(`${api}/metrics`)).text()).toContain('lotkeeper_up{part="temporal"} 1')
    expect(await (await fetch(worker_metrics)).text()).toContain('temporal_worker_start_total')
    expect(await query(database_url, 'SHOW timezone')).toEqual([{ TimeZone: 'UTC' }])
    await query(database_url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  })

  test('a second start in the folder is refused', async () => {
    const before = readConnections()
    const refused = start()
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toContain(`Lotkeeper is already running with pid ${program.pid}`)
    expect(readConnections()).toBe(before)
    expect((await fetch(`${connections().api}/readyz`)).status).toBe(200)
  })

  test('SIGTERM, sent twice, stops all processes', async () => {
    const servers = serverPids()
    expect(servers.map(isRunning)).toEqual([true, true])
    program.kill('SIGTERM')
    program.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    expect(servers.map(isRunning)).toEqual([false, false])
    expect(program.output()).toContain('Stopped')
  })

  test('the next start finds the same data and addresses', async () => {
    const { api: _, ...servers } = connections()
    program = await startAndWait()
    expect(connections()).toMatchObject(servers)
    expect(await query(servers.database_url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  test('a held generation survives kill -9, and is completed once after the next start', async () => {
    await api()('PUT', account, {})
    await api()('POST', `${account}/grants`, { source: 'purchased', amount: 10, reason: 'test' }, 'grant')
    const { body: held } = await reserve()
    const orphans = serverPids()
    program.kill('SIGKILL')
    await program.ended
    expect(orphans.map(isRunning)).toEqual([true, true])

    program = await startAndWait()
    expect(orphans.map(isRunning)).toEqual([false, false])
    for (const pid of orphans) expect(program.output()).toContain(`left running (pid ${pid})`)
    expect((await reserve()).body).toEqual(held)
    const complete = () => api()('POST', `/v1/generations/${held.id}/complete`, {})
    const answers = await Promise.all([complete(), complete(), complete()])
    for (const { body } of answers) expect(body).toMatchObject({ state: 'committed', spent: 4, held: 0 })
    expect((await api()('GET', `${account}/balance`)).body).toMatchObject({ available: 6, held: 0 })
  })

  test('when the worker polls no more, everything else is stopped and the exit code is 1', async () => {
    const servers = serverPids()
    // The SDK shuts its workers down at this signal.
    program.kill('SIGUSR2')
    expect(await program.ended).toBe(1)
    expect(program.output()).toContain('The worker ended unexpectedly (it was shut down)')
    expect(servers.map(isRunning)).toEqual([false, false])
  })

  test.each([
    ['PostgreSQL', 0],
    ['Temporal', 1],
  ])('when %s dies, everything else is stopped and the exit code is 1', async (name, which) => {
    if (!isRunning(program.pid)) program = await startAndWait()
    const future = "INSERT INTO lotkeeper.knex_migrations (name) VALUES ('999-from-the-future')"
    if (name === 'Temporal') await query(connections().database_url, future)
    const servers = serverPids()
    process.kill(servers[which] ?? 0, 'SIGKILL')
    expect(await program.ended).toBe(1)
    expect(program.output()).toContain(`${name} ended unexpectedly (signal SIGKILL)`)
    expect(servers.map(isRunning)).toEqual([false, false])
  })

  test('a database of a newer Lotkeeper is refused', async () => {
    program = start()
    expect(await program.ended).toBe(1)
    expect(program.output()).toContain('999-from-the-future')
    expect(program.output()).toContain('newer Lotkeeper')
    expect(isStopped()).toBe(true)
  })
})

describe('starts in a folder of their own', () => {
  beforeEach(makeFolder)
  afterEach(removeFolder)

  test('SIGTERM during a start stops what has been started', async () => {
    const program = start()
    await program.waitForOutput('Starting Temporal')
    program.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    expect(program.output()).not.toContain(running)
    expect(isStopped()).toBe(true)
  })

  test('a port in use is reported before anything starts', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    try {
      await becomesTrue(() => other.listening, 5)
      const port = (other.address() as { port: number }).port
      const program = start({ PORT: String(port) })
      expect(await program.ended).toBe(1)
      expect(program.output()).toBe(
        `Port ${port} of 127.0.0.1 is in use. Stop the program that uses it, or set PORT.\n`,
      )
      expect(isStopped()).toBe(true)
    } finally {
      other.close()
    }
  })

  test('a wrong variable is reported in one sentence', async () => {
    const program = start({ LOG_LEVEL: 'loud' })
    expect(await program.ended).toBe(1)
    expect(program.output()).toMatch(/^LOG_LEVEL: expected one of .*, not "loud"\n$/)
  })

  test('a wrong TEMPORAL_CLI is reported, and PostgreSQL is stopped', async () => {
    const program = start({ TEMPORAL_CLI: '/bin/true' })
    expect(await program.ended).toBe(1)
    expect(program.output()).toContain('TEMPORAL_CLI: /bin/true does not run as the temporal command line program')
    expect(isStopped()).toBe(true)
  })

  test('an unreachable database is reported', async () => {
    const program = start({ DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none' })
    expect(await program.ended).toBe(1)
    expect(program.output()).toContain(
      'Migrating the database failed: DATABASE_URL: PostgreSQL cannot be reached at 127.0.0.1:1',
    )
    expect(program.output()).not.toContain('hunter2')
    expect(isStopped()).toBe(true)
  })
})

/** Calls the running API with the development key of scope admin. */
function api(): Call {
  const running = findRunning(dataDir)
  return callerOf(running.api, running.keys.kvidai?.admin ?? '')
}

function readConnections(): string {
  return readFileSync(path.join(dataDir, 'connections.json'), 'utf8')
}

function connections(): Record<'api' | 'database_url' | 'temporal_address' | 'temporal_ui' | 'worker_metrics', string> {
  return JSON.parse(readConnections())
}

const pidFiles = ['postgres/data/postmaster.pid', 'temporal.pid']

/** The process ids of PostgreSQL and Temporal that still run. */
function serverPids(): number[] {
  const left = pidFiles.map(file => path.join(dataDir, file)).filter(file => existsSync(file))
  return left.map(file => Number.parseInt(readFileSync(file, 'utf8'), 10)).filter(isRunning)
}

function isRunning(pid: number): boolean {
  return commandLine(pid) !== undefined
}

/** Whether no server runs and no lock is held. */
function isStopped(): boolean {
  const locks = ['lock', 'postgres/lock']
  return serverPids().length === 0 && !locks.some(file => existsSync(path.join(dataDir, file)))
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
