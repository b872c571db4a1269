import { createDatabase, repetitions, seed, type TestDatabase, temporalAddress } from '../support/run/servers.ts'
import { type ServiceProcesses, startServiceProcesses } from '../support/servers/service-processes.ts'
import { waitFor } from '../support/wait-for.ts'
import { runWithClients, waitForMore } from './run-with-clients.ts'

// Two APIs and two workers whose clocks are ten minutes ahead and ten behind. PostgreSQL and Temporal have the right time.

const TEN_MINUTES = 600_000
const ENOUGH_ANSWERED = repetitions(150, 3_000)

jest.setTimeout(300_000)

let database: TestDatabase
let ahead: ServiceProcesses
let behind: ServiceProcesses

beforeAll(async () => {
  database = await createDatabase()
  const options = { name: 'clocks', databaseUrl: database.url, temporalAddress: temporalAddress() }
  ;[ahead, behind] = await Promise.all([
    startServiceProcesses({ ...options, clocks: { api: TEN_MINUTES, worker: -TEN_MINUTES } }),
    startServiceProcesses({ ...options, clocks: { api: -TEN_MINUTES, worker: TEN_MINUTES } }),
  ])
})
afterAll(async () => {
  await Promise.all([ahead?.stop(), behind?.stop()])
  await database?.drop()
})

it(`services whose clocks are ten minutes ahead and behind write entries at the right times under 20 clients (seed ${seed})`, async () => {
  const apis = [ahead, behind].map(({ kvidai, api }) => ({ caller: kvidai, ready: () => api.ready }))
  const { summary } = await runWithClients({ db: ahead.db, apis, seed }, stats =>
    waitForMore(stats, 'answered', ENOUGH_ANSWERED),
  )
  console.info(`seed ${seed}: clocks ten minutes ahead and behind: ${summary}`)
  expect(await wrongTimes()).toEqual([])
})

/** Entries and deadlines at wrong times. */
async function wrongTimes(): Promise<string[]> {
  const { rows } = await ahead.db.query<{ what: string }>(
    `select 'entry ' || entry_no || ' at ' || at || ', recorded at ' || recorded_at as what from entries
       where abs(extract(epoch from recorded_at - at)) > 30
     union all
     select generation || ' may take ' || deadline - reserved_at from holds
       where deadline - reserved_at <> interval '15 minutes'`,
  )
  return rows.map(({ what }) => what)
}

it.each(['ahead', 'behind'] as const)('an API %s spends no expired credits and expires none early', async name => {
  const { kvidai, db } = { ahead, behind }[name]
  const account = `/v1/accounts/clock-${name}`
  await kvidai.put(account, {})
  const { rows } = await db.query<{ soon: Date; later: Date }>(
    `select clock_timestamp() + interval '1.5 seconds' as soon, clock_timestamp() + interval '5 minutes' as later`,
  )
  const [{ soon, later }] = rows as [{ soon: Date; later: Date }]
  for (const [amount, expires_at] of [
    [7, soon],
    [9, later],
  ] as const)
    await kvidai.post(`${account}/grants`, { source: 'promotional', amount, reason: 'a test', expires_at })
  const available = async () => (await kvidai.get(`${account}/balance`)).body.available
  expect(await available()).toBe(16)
  expect(await waitFor('a lot to expire', available, amount => amount !== 16)).toBe(9)
  // The response takes a few milliseconds.
  const isDue = `select clock_timestamp() >= $1::timestamptz - interval '20 milliseconds' as is_due`
  const { rows: after } = await db.query(isDue, [soon])
  expect(after).toEqual([{ is_due: true }])

  const spend = (outputs: number) => kvidai.post(`${account}/charges`, { operation: 'text', outputs })
  expect(await spend(4)).toMatchObject({ status: 201, body: { spent: 4 } })
  const held = await kvidai.post(`${account}/generations`, { operation: 'text', outputs: 4 })
  expect(held).toMatchObject({ status: 201, body: { held: 4 } })
  const completed = await kvidai.post(`/v1/generations/${held.body.id}/complete`)
  expect(completed).toMatchObject({ status: 200, body: { spent: 4 } })
  expect(await spend(4)).toMatchObject({ status: 402, body: { available: 1 } })
})
