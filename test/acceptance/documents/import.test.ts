import { execFileSync } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { writeBalances } from '../../../db/imports/balances.ts'
import { policyOf, readPolicies } from '../../../platform/policy-store.ts'
import { compareBalances, readBalances } from '../../../scripts/imports/compare.ts'
import { importFolder } from '../../../scripts/imports/import.ts'
import { workflowStarter } from '../../../scripts/imports/workflows.ts'
import { root } from '../../support/root.ts'
import { environment } from '../../support/run/servers.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'

// The recipes of docs/import.md.

const FREEZE = '2026-11-20T00:00:00.000Z'
const policies = readPolicies(path.join(root, 'policies'))
const examples = (name: string) => path.join(root, 'examples', name)

let run: LotkeeperWithStripe
let folder: string

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-import-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function importAt(product: string, from: string) {
  const { db, temporal, config } = run.lotkeeper
  const servers = { db, temporal, taskQueue: config.temporalTaskQueue, policies, now: () => new Date() }
  const failed: string[] = []
  const outcome = await importFolder(db, policyOf(policies, product), from, {
    apply: true,
    asOf: new Date(FREEZE),
    reject: ({ line, reason }) => failed.push(`${line}: ${reason}`),
    start: workflowStarter(servers, line => line.startsWith('failed') && failed.push(line)),
  })
  expect([outcome.state, failed]).toEqual(['applied', []])
}

/** An account whose test clock shows the freeze. */
async function accountAtFreeze(product: string, account: string) {
  const caller = run.lotkeeper.as(product)
  const { body: clock } = await caller.post('/v1/test-clocks', { now: FREEZE })
  expect(await caller.put(`/v1/accounts/${account}`, { test_clock: clock.id })).toMatchObject({ status: 201 })
  const read = async (what: string) => (await caller.get(`/v1/accounts/${account}/${what}?limit=100`)).body.data
  return {
    caller,
    advance: async (to: string) =>
      expect(await caller.post(`/v1/test-clocks/${clock.id}/advance`, { to })).toMatchObject({ status: 200 }),
    memberships: async () => (await caller.get(`/v1/accounts/${account}/memberships`)).body.data,
    lots: async () =>
      (await read('lots'))
        .map((lot: Record<string, string>) => `${lot.granted_at} ${lot.source} ${lot.available} of ${lot.granted}`)
        .sort(),
  }
}

async function balancesIn(file: string): Promise<void> {
  const chunks: Buffer[] = []
  const output = new Writable({ write: (chunk, _encoding, done) => done(void chunks.push(chunk)) })
  await writeBalances(run.lotkeeper.db, 'kvidai', output)
  await writeFile(file, Buffer.concat(chunks))
}

test('a spreadsheet of balances, compared before and after', async () => {
  await copyFile(path.join(examples('import-from-spreadsheet'), 'lots.csv'), path.join(folder, 'lots.csv'))
  await importAt('kvidai', folder)
  const after = path.join(folder, 'after.csv')
  await balancesIn(after)
  const kvidai = policyOf(policies, 'kvidai')
  const before = await readBalances(kvidai, examples('import-from-spreadsheet'))
  expect(compareBalances(before, await readBalances(kvidai, after))).toEqual({
    equal: 3,
    differences: [],
    totals: expect.arrayContaining([{ source: 'purchased', before: 195, after: 195 }]),
  })
  await run.lotkeeper.as('kvidai').post('/v1/accounts/bob/grants', { source: 'promotional', amount: 1, reason: 'late' })
  await balancesIn(after)
  const changed = compareBalances(before, await readBalances(kvidai, after))
  expect(changed.differences).toEqual([
    { account: 'bob', source: 'promotional', expires_at: expect.any(String), before: null, after: 1 },
  ])
})

test('customers and subscriptions of Stripe, whose paid months are not granted again', async () => {
  const ada = await accountAtFreeze('x-design', 'ada')
  const id = run.stripe.subscribe({
    metadata: { account: 'ada' },
    start: '2026-11-10T00:00:00Z',
    end: '2026-12-10T00:00:00Z',
    anchor: '2026-01-10T00:00:00Z',
  })
  const months = ['2026-09-10', '2026-10-10', '2026-11-10', '2026-12-10', '2027-01-10'].map(
    day => `${day}T00:00:00.000Z`,
  )
  for (const n of [0, 1, 2]) run.stripe.invoice(id, months[n] as string, months[n + 1] as string)
  const exported = examples('import-from-stripe')
  for (const file of ['customers.jsonl', 'subscriptions.jsonl'])
    await writeFile(
      path.join(folder, file),
      (await readFile(path.join(exported, 'export', file), 'utf8')).replaceAll('sub_ada', id),
    )
  const converted = await mkdtemp(path.join(folder, 'old-'))
  const args = ['main.ts', 'customers.jsonl', 'subscriptions.jsonl'].map((file, n) =>
    path.join(n ? folder : exported, file),
  )
  execFileSync(process.execPath, ['--import', 'tsx', ...args, converted], { cwd: root, env: environment({}) })
  await copyFile(path.join(exported, 'lots.csv'), path.join(converted, 'lots.csv'))
  await importAt('x-design', converted)

  const had = [
    '2026-06-01T12:00:00.000Z purchased 350 of 500',
    '2026-10-10T00:00:00.000Z subscription 20 of 100',
    '2026-11-10T00:00:00.000Z subscription 100 of 100',
  ]
  await run.deliver(run.stripe.event('customer.subscription.updated', id))
  expect(await ada.lots()).toEqual(had)
  expect(await ada.memberships()).toEqual([
    expect.objectContaining({
      provider: 'stripe',
      external_id: id,
      state: 'active',
      anchor: '2026-01-10T00:00:00.000Z',
      paid_through: '2026-12-10T00:00:00.000Z',
    }),
  ])
  await run.deliver(run.stripe.event('invoice.paid', run.stripe.invoice(id, months[3] as string, months[4] as string)))
  await ada.advance('2026-12-11T00:00:00.000Z')
  expect(await ada.lots()).toEqual([...had, '2026-12-10T00:00:00.000Z subscription 100 of 100'])
})

test('a column of credits with a counter of the month', async () => {
  const ada = await accountAtFreeze('kvidai', 'u-17')
  const client = new pg.Client(run.lotkeeper.config.databaseUrl)
  await client.connect()
  const sqlOf = (name: string) => readFile(path.join(examples('import-from-users'), `${name}.sql`), 'utf8')
  await client.query('create schema old; set search_path = old')
  await client.query(await sqlOf('users'))
  for (const kind of ['accounts', 'lots', 'memberships']) {
    const csv = client.query(copyTo(`copy (${await sqlOf(kind)}) to stdout (format csv, header)`))
    await writeFile(path.join(folder, `${kind}.csv`), csv)
  }
  await client.end()
  await importAt('kvidai', folder)

  const had = ['2026-10-31T09:00:00.000Z membership 180 of 300', '2026-11-20T00:00:00.000Z purchased 40 of 40']
  await ada.advance('2026-11-25T00:00:00.000Z')
  expect(await ada.lots()).toEqual(had)
  const [{ id }] = await ada.memberships()
  const renewal = { paid_through: '2026-12-31T09:00:00Z' }
  expect(await ada.caller.post(`/v1/memberships/${id}/renew`, renewal)).toMatchObject({ status: 200 })
  await ada.advance('2026-11-30T10:00:00.000Z')
  expect(await ada.lots()).toContain('2026-11-30T09:00:00.000Z membership 300 of 300')
})
