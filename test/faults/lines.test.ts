import type { Break, Trouble } from '../support/network/fault-proxy.ts'
import { chosen, randomFrom } from '../support/random.ts'
import { createDatabase, seed, type TestDatabase, temporalAddress, times } from '../support/run/servers.ts'
import { type ServiceProcesses, startServiceProcesses } from '../support/servers/service-processes.ts'
import { waitFor } from '../support/wait-for.ts'
import type { ClientStats } from './retrying-client.ts'
import { growsBy, whileWorking } from './while-working.ts'

// Connections to PostgreSQL and Temporal that are slow, break, lose answers or fall silent, while 20 clients work. All
// recovers by itself.

const ROUNDS = times(1, 5)
/** Share of the pieces that a server sends. */
const BREAKING = 0.02
const ENOUGH_BROKEN = 3
const ENOUGH_TURNED_AWAY = 5
const ENOUGH_ANSWERED = 40

jest.setTimeout(120_000 + ROUNDS * 120_000)

let database: TestDatabase
let services: ServiceProcesses

beforeEach(async () => {
  database = await createDatabase()
  const servers = { databaseUrl: database.url, temporalAddress: temporalAddress() }
  services = await startServiceProcesses({ name: `lines-${database.url.slice(-16)}`, ...servers })
})
afterEach(async () => {
  await services?.stop()
  await database?.drop()
})

const random = randomFrom(seed)

/** A fault, and when it has lasted long enough. */
type Bad = (stats: ClientStats) => { trouble: Trouble; enough(): Promise<unknown> }

const slow =
  (trouble: Trouble): Bad =>
  stats => ({ trouble, enough: () => growsBy(stats, 'answered', ENOUGH_ANSWERED) })

const breaking =
  (how: Break): Bad =>
  stats => {
    let struck = 0
    const breaks = () => {
      if (random() >= BREAKING) return undefined
      struck += 1
      return how
    }
    const enough = () =>
      Promise.all([
        waitFor('broken answers', () => struck >= ENOUGH_BROKEN),
        growsBy(stats, 'answered', ENOUGH_ANSWERED),
      ])
    return { trouble: { breaks }, enough }
  }

const kinds: Record<string, Bad> = {
  'every piece 30 ms late': slow({ latency: 30 }),
  '100 kB a second': slow({ bytesPerSecond: 100_000 }),
  'reset in the middle of answers': breaking('reset'),
  'ends of answers lost': breaking('loss'),
  'silent in the middle of answers': breaking('silence'),
  'deaf to who connects': stats => ({
    trouble: { deaf: true },
    enough: () => growsBy(stats, 'turnedAway', ENOUGH_TURNED_AWAY),
  }),
}

/** A worker needs 45 seconds to notice a silent Temporal: only in the long form. */
const quick = Object.fromEntries(Object.entries(kinds).filter(([kind]) => !/silent|deaf/.test(kind)))
const suffered = [
  ['postgres', kinds],
  ['temporal', times(0, 1) ? kinds : quick],
] as const

it.each(suffered)(`a bad connection to %s (seed ${seed})`, async (name, bad) => {
  const line = services.lines[name]
  const apis = [{ caller: services.kvidai, ready: () => services.api.ready }]
  const seen: string[] = []
  const { said } = await whileWorking({ db: services.db, apis, seed }, async stats => {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [kind, begin] of chosen(Object.entries(bad), random, 2)) {
        const before = { ...stats }
        const { trouble, enough } = begin(stats)
        line.suffer(trouble)
        await enough()
        line.suffer({})
        await growsBy(stats, 'answered', ENOUGH_ANSWERED)
        const [answered, turnedAway] = [stats.answered - before.answered, stats.turnedAway - before.turnedAway]
        seen.push(`${kind}: ${answered} answered, ${turnedAway} × 503`)
      }
  })
  console.info(`seed ${seed}, the line to ${name}: ${said}\n${seen.join('\n')}`)
})

it('an API whose Temporal connection falls silent reconnects', async () => {
  const { kvidai, lines } = services
  const missing = async () => (await kvidai.get('/readyz')).body.missing
  lines.temporal.suffer({ deaf: true })
  await waitFor('Temporal to be missed', missing, parts => parts.includes('temporal'))
  lines.temporal.suffer({})
  await waitFor('Temporal to be back', missing, parts => !parts.includes('temporal'))
})

it('an API survives a PostgreSQL connection that breaks during an export', async () => {
  const { kvidai, lines } = services
  const account = '/v1/accounts/exported'
  const reason = 'told in the middle'
  await kvidai.put(account, {})
  await kvidai.post(`${account}/grants`, { source: 'promotional', amount: 1, reason })
  let broken = 0
  const breaks = (piece: Buffer) => {
    if (!piece.includes(reason)) return undefined
    broken += 1
    return 'reset'
  }
  lines.postgres.suffer({ breaks })
  // An answer that has begun breaks off too.
  await Promise.allSettled([kvidai.get(`${account}/entries?format=csv`)])
  expect(broken).toBe(1)
  lines.postgres.suffer({})
  expect(await kvidai.get(`${account}/entries?format=csv`)).toMatchObject({ status: 200 })
})
