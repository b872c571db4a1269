import { createDatabase, type TestDatabase } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

let behind: TestDatabase
const started: Lotkeeper[] = []

beforeAll(async () => {
  behind = await createDatabase()
})
afterAll(async () => {
  for (const lotkeeper of started) await lotkeeper.stop()
  await behind.drop()
})

/** A Lotkeeper without worker whose replica is at this address, and an account with two entries. */
async function withReplica(urlOf: (primary: string) => string) {
  const lotkeeper = await startLotkeeper(
    {},
    {
      overrideAddresses: async servers => Object.assign(servers, { databaseReadUrl: urlOf(servers.databaseUrl) }),
      runsWorker: false,
    },
  )
  started.push(lotkeeper)
  const kvidai = lotkeeper.as('kvidai', 'support')
  await kvidai.put('/v1/accounts/ada', {})
  for (const amount of [1, 2])
    await kvidai.post('/v1/accounts/ada/grants', { source: 'purchased', amount, reason: 'test' })
  const lines = async () => (await kvidai.get('/v1/accounts/ada/entries?format=json')).body.length
  return { lotkeeper, lines }
}

test('exports read from the replica', async () => {
  const { lotkeeper, lines } = await withReplica(primary => `${primary}?application_name=replica`)
  expect(await lines()).toBe(2)
  const { rows } = await lotkeeper.db.query(
    "select query from pg_stat_activity where datname = current_database() and application_name = 'replica'",
  )
  expect(rows.map(({ query }) => query)).toEqual([expect.stringContaining('copy')])
})

test('an export is complete while the replica is behind or down', async () => {
  expect(await (await withReplica(() => behind.url)).lines()).toBe(2)
  expect(await (await withReplica(() => 'postgres://nobody@127.0.0.1:1/none')).lines()).toBe(2)
})
