import type { Break, Trouble } from '../support/cuttable-line.ts'
import { createDatabase, seed, type TestDatabase, temporalAddress, times } from '../support/servers.ts'
import { openSite, type Site } from '../support/site.ts'
import { until } from '../support/until.ts'
import { chosen, randomFrom } from './disturbances.ts'
import type { Experience } from './insistent.ts'
import { growsBy, whileWorking } from './while-working.ts'

// Lines to PostgreSQL and to Temporal that are slow, break, lose answers or fall silent, while 20 clients work. When a line
// is good again, all goes on by itself.

const ROUNDS = times(1, 5)
/** Of the pieces that a server sends. */
const BREAKING = 0.02
const ENOUGH_BROKEN = 3
const ENOUGH_TURNED_AWAY = 5
const ENOUGH_ANSWERED = 40

jest.setTimeout(120_000 + ROUNDS * 120_000)

let database: TestDatabase
let site: Site

beforeEach(async () => {
  database = await createDatabase()
  const servers = { databaseUrl: database.url, temporalAddress: temporalAddress() }
  site = await openSite({ name: `lines-${database.url.slice(-16)}`, ...servers })
})
afterEach(async () => {
  await site?.stop()
  await database?.drop()
})

const random = randomFrom(seed)

/** What is wrong, and when it has been so for long enough. */
type Bad = (experience: Experience) => { trouble: Trouble; enough(): Promise<unknown> }

const slow =
  (trouble: Trouble): Bad =>
  experience => ({ trouble, enough: () => growsBy(experience, 'answered', ENOUGH_ANSWERED) })

const breaking =
  (how: Break): Bad =>
  experience => {
    let struck = 0
    const breaks = () => {
      if (random() >= BREAKING) return undefined
      struck += 1
      return how
    }
    const enough = () =>
      Promise.all([until(() => struck >= ENOUGH_BROKEN), growsBy(experience, 'answered', ENOUGH_ANSWERED)])
    return { trouble: { breaks }, enough }
  }

const kinds: Record<string, Bad> = {
  'every piece 30 ms late': slow({ latency: 30 }),
  '100 kB a second': slow({ bytesPerSecond: 100_000 }),
  'reset in the middle of answers': breaking('reset'),
  'ends of answers lost': breaking('loss'),
  'silent in the middle of answers': breaking('silence'),
  'deaf to who connects': experience => ({
    trouble: { deaf: true },
    enough: () => growsBy(experience, 'turnedAway', ENOUGH_TURNED_AWAY),
  }),
}

/** A worker needs 45 seconds to see that Temporal fell silent: that is for the long form. */
const quick = Object.fromEntries(Object.entries(kinds).filter(([kind]) => !/silent|deaf/.test(kind)))
const suffered = [
  ['postgres', kinds],
  ['temporal', times(0, 1) ? kinds : quick],
] as const

it.each(suffered)(`the line to %s is bad (seed ${seed})`, async (name, bad) => {
  const line = site.lines[name]
  const doors = [{ caller: site.kvidai, ready: () => site.api.ready }]
  const seen: string[] = []
  const { said } = await whileWorking({ db: site.db, doors, seed }, async experience => {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [kind, begin] of chosen(Object.entries(bad), random, 2)) {
        const before = { ...experience }
        const { trouble, enough } = begin(experience)
        line.suffer(trouble)
        await enough()
        line.suffer({})
        await growsBy(experience, 'answered', ENOUGH_ANSWERED)
        const [answered, turnedAway] = [
          experience.answered - before.answered,
          experience.turnedAway - before.turnedAway,
        ]
        seen.push(`${kind}: ${answered} answered, ${turnedAway} × 503`)
      }
  })
  console.info(`seed ${seed}, the line to ${name}: ${said}\n${seen.join('\n')}`)
})

it('an API that Temporal took and never answered takes another line', async () => {
  const { kvidai, lines } = site
  const missing = async () => (await kvidai.get('/readyz')).body.missing
  lines.temporal.suffer({ deaf: true })
  await until(missing, parts => parts.includes('temporal'))
  lines.temporal.suffer({})
  await until(missing, parts => !parts.includes('temporal'))
})

it('an API whose connection to PostgreSQL breaks while it is lent to an export lives on', async () => {
  const { kvidai, lines } = site
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
  // Its answer may have begun, and then it breaks off too.
  await Promise.allSettled([kvidai.get(`${account}/entries?format=csv`)])
  expect(broken).toBe(1)
  lines.postgres.suffer({})
  expect(await kvidai.get(`${account}/entries?format=csv`)).toMatchObject({ status: 200 })
})
