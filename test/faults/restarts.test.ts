import { migrate } from '../../migrations/migrate.ts'
import { pickRandom, randomFrom } from '../support/random.ts'
import { repetitions, seed } from '../support/run/servers.ts'
import { PostgresOnDisk } from '../support/servers/postgres-on-disk.ts'
import { type ServiceProcesses, startServiceProcesses } from '../support/servers/service-processes.ts'
import { TemporalOnDisk } from '../support/servers/temporal-on-disk.ts'
import { runWithClients, waitForMore } from './run-with-clients.ts'

// PostgreSQL and Temporal are stopped and started again, one after the other and both at once, while 20 clients work.

const ROUNDS = repetitions(1, 10)

jest.setTimeout(120_000 + ROUNDS * 90_000)

let postgres: PostgresOnDisk
let temporal: TemporalOnDisk
let services: ServiceProcesses

beforeAll(async () => {
  ;[postgres, temporal] = await Promise.all([PostgresOnDisk.start(), TemporalOnDisk.start()])
  await migrate(postgres.url)
  const servers = { databaseUrl: postgres.url, temporalAddress: temporal.address }
  services = await startServiceProcesses({ name: 'restarts', ...servers })
})
afterAll(async () => {
  await services?.stop()
  await Promise.all([postgres?.stop(), temporal?.stop()])
})

/** Requests with 503 that show the outage, and answers that show the recovery. */
const ENOUGH_UNAVAILABLE = 5
const ENOUGH_ANSWERED = 40

it(`20 clients recover from restarts of PostgreSQL and Temporal (seed ${seed})`, async () => {
  const stops: Record<string, (whileDown: () => Promise<void>) => Promise<void>> = {
    'PostgreSQL stopped': async whileDown => {
      await postgres.halt()
      await whileDown()
      await postgres.restart()
    },
    'Temporal stopped': whileDown => temporal.whileStopped(whileDown),
    'PostgreSQL killed': async whileDown => {
      await postgres.kill()
      await whileDown()
      await postgres.restart()
    },
    'both stopped': whileDown =>
      temporal.whileStopped(async () => {
        await postgres.halt()
        await whileDown()
        await postgres.restart()
      }),
  }
  const [random, stopped] = [randomFrom(seed), [] as string[]]
  const apis = [{ caller: services.kvidai, ready: () => services.api.ready }]
  const { summary } = await runWithClients({ db: services.db, apis, seed }, async stats => {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [name, stop] of pickRandom(Object.entries(stops), random, 2)) {
        stopped.push(name)
        await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
        await stop(() => waitForMore(stats, 'unavailable', ENOUGH_UNAVAILABLE))
      }
    await waitForMore(stats, 'answered', ENOUGH_ANSWERED)
  })
  console.info(`seed ${seed}: ${stopped.join(', ')}: ${summary}`)
})
