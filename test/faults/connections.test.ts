import type { BreakMode, ConnectionFaults } from '../support/network/fault-proxy.ts'
import { pickRandom, randomFrom } from '../support/random.ts'
import { createDatabase, repetitions, seed, type TestDatabase, temporalAddress } from '../support/run/servers.ts'
import { type ServiceProcesses, startServiceProcesses } from '../support/servers/service-processes.ts'
import { waitFor } from '../support/wait-for.ts'
import type { ClientStats } from './retrying-client.ts'
import { runWithClients, waitForMore } from './run-with-clients.ts'

// Connections to PostgreSQL and Temporal are slow, break, lose ends of answers or stop answering while 20 clients work.
// API and worker recover by themselves.

const ROUNDS = repetitions(1, 5)
/** Share of the chunks of answers that break off. */
const BREAK_SHARE = 0.02
const ENOUGH_BROKEN_ANSWERS = 3
const ENOUGH_UNAVAILABLE = 5
const ENOUGH_ANSWERED = 40

jest.setTimeout(120_000 + ROUNDS * 120_000)

let database: TestDatabase
let services: ServiceProcesses

beforeEach(async () => {
  database = await createDatabase()
  const servers = { databaseUrl: database.url, temporalAddress: temporalAddress() }
  services = await startServiceProcesses({ name: `connections-${database.url.slice(-16)}`, ...servers })
})
afterEach(async () => {
  await services?.stop()
  await database?.drop()
})

const random = randomFrom(seed)

/** Faults of a connection, and a wait until they have lasted long enough. */
type FaultCase = (stats: ClientStats) => { faults: ConnectionFaults; enough(): Promise<unknown> }

const slow =
  (faults: ConnectionFaults): FaultCase =>
  stats => ({ faults, enough: () => waitForMore(stats, 'answered', ENOUGH_ANSWERED) })

const breaking =
  (mode: BreakMode): FaultCase =>
  stats => {
    let brokenAnswers = 0
    const breakAt = () => {
      if (random() >= BREAK_SHARE) return undefined
      brokenAnswers += 1
      return mode
    }
    const enough = () =>
      Promise.all([
        waitFor('broken answers', () => brokenAnswers >= ENOUGH_BROKEN_ANSWERS),
        waitForMore(stats, 'answered', ENOUGH_ANSWERED),
      ])
    return { faults: { breakAt }, enough }
  }

const faultCases: Record<string, FaultCase> = {
  'each chunk delayed by 30 ms': slow({ latency: 30 }),
  'throughput of 100 kB a second': slow({ bytesPerSecond: 100_000 }),
  'connections reset within answers': breaking('reset'),
  'last bytes of answers lost': breaking('loss'),
  'connections silent within answers': breaking('silence'),
  'new connections never answered': stats => ({
    faults: { unresponsive: true },
    enough: () => waitForMore(stats, 'unavailable', ENOUGH_UNAVAILABLE),
  }),
}

/** A worker needs 45 seconds to notice a silent Temporal connection, so these cases run in the long form only. */
const withoutSilence = Object.fromEntries(
  Object.entries(faultCases).filter(([kind]) => !/silent|never answered/.test(kind)),
)
const casesByServer = [
  ['postgres', faultCases],
  ['temporal', repetitions(0, 1) ? faultCases : withoutSilence],
] as const

it.each(casesByServer)(`20 clients recover from faults of the connection to %s (seed ${seed})`, async (name, cases) => {
  const connection = services.connections[name]
  const apis = [{ caller: services.kvidai, ready: () => services.api.ready }]
  const reports: string[] = []
  const { summary } = await runWithClients({ db: services.db, apis, seed }, async stats => {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [kind, createCase] of pickRandom(Object.entries(cases), random, 2)) {
        const before = { ...stats }
        const { faults, enough } = createCase(stats)
        connection.setFaults(faults)
        await enough()
        connection.setFaults({})
        await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
        const [answered, unavailable] = [stats.answered - before.answered, stats.unavailable - before.unavailable]
        reports.push(`${kind}: ${answered} answered, ${unavailable} × 503`)
      }
  })
  console.info(`seed ${seed}, connection to ${name}: ${summary}\n${reports.join('\n')}`)
})

it('an API whose Temporal connection falls silent reconnects', async () => {
  const { kvidai, connections } = services
  const missing = async () => (await kvidai.get('/readyz')).body.missing
  connections.temporal.setFaults({ unresponsive: true })
  await waitFor('/readyz to report Temporal as missing', missing, parts => parts.includes('temporal'))
  connections.temporal.setFaults({})
  await waitFor('/readyz to report Temporal again', missing, parts => !parts.includes('temporal'))
})

it('an API survives a PostgreSQL connection that breaks during an export', async () => {
  const { kvidai, connections } = services
  const account = '/v1/accounts/exported'
  const reason = 'granted before the break'
  await kvidai.put(account, {})
  await kvidai.post(`${account}/grants`, { source: 'promotional', amount: 1, reason })
  let broken = 0
  const breakAt = (chunk: Buffer) => {
    if (!chunk.includes(reason)) return undefined
    broken += 1
    return 'reset'
  }
  connections.postgres.setFaults({ breakAt })
  // The API has sent its headers already, so its own answer breaks off too.
  await Promise.allSettled([kvidai.get(`${account}/entries?format=csv`)])
  expect(broken).toBe(1)
  connections.postgres.setFaults({})
  expect(await kvidai.get(`${account}/entries?format=csv`)).toMatchObject({ status: 200 })
})
