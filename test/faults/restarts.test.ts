import { migrate } from '../../migrations/migrate.ts'
import { chosen, randomFrom } from '../support/random.ts'
import { seed, times } from '../support/run/servers.ts'
import { PostgresOnDisk } from '../support/servers/postgres-on-disk.ts'
import { type ServiceProcesses, startServiceProcesses } from '../support/servers/service-processes.ts'
import { TemporalOnDisk } from '../support/servers/temporal-on-disk.ts'
import { growsBy, whileWorking } from './while-working.ts'

// PostgreSQL and Temporal are stopped and started again, one after the other and both at once, while 20 clients work.

const ROUNDS = times(1, 10)

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

/** Some requests get 503 during the outage; then so many are answered that all works again. */
const ENOUGH_TURNED_AWAY = 5
const ENOUGH_ANSWERED = 40

it(`PostgreSQL and Temporal stopped and started under 20 clients (seed ${seed})`, async () => {
  const stops: Record<string, (meanwhile: () => Promise<void>) => Promise<void>> = {
    'PostgreSQL stopped': async meanwhile => {
      await postgres.halt()
      await meanwhile()
      await postgres.startAgain()
    },
    'Temporal stopped': meanwhile => temporal.while(meanwhile),
    'PostgreSQL killed': async meanwhile => {
      await postgres.kill()
      await meanwhile()
      await postgres.startAgain()
    },
    'both stopped': meanwhile =>
      temporal.while(async () => {
        await postgres.halt()
        await meanwhile()
        await postgres.startAgain()
      }),
  }
  const [random, seen] = [randomFrom(seed), [] as string[]]
  const apis = [{ caller: services.kvidai, ready: () => services.api.ready }]
  const { said } = await whileWorking({ db: services.db, apis, seed }, async stats => {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [name, stop] of chosen(Object.entries(stops), random, 2)) {
        seen.push(name)
        await growsBy(stats, 'answered', ENOUGH_ANSWERED)
        await stop(() => growsBy(stats, 'turnedAway', ENOUGH_TURNED_AWAY))
      }
    await growsBy(stats, 'answered', ENOUGH_ANSWERED)
  })
  console.info(`seed ${seed}: ${seen.join(', ')}: ${said}`)
})
