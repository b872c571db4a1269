import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Caller, caller } from '../support/clients/caller.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import { root } from '../support/root.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

it('KV-01 promotional credits live 90 days, membership credits 30, purchased ones 365', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  await time.join({ plan: 'membership', paid_through: '2027-03-31T00:00:00Z' })
  for (const source of ['promotional', 'purchased'])
    await kvidai.post(`${time.path}/grants`, { source, amount: 7, reason: 'test' })
  await time.advance('2027-03-01T00:00:00.000Z')
  expect(await time.lots()).toEqual([
    '300 membership 2027-01-31 → 2027-03-02',
    '7 promotional 2027-01-31 → 2027-05-01',
    '7 purchased 2027-01-31 → 2028-01-31',
    '300 membership 2027-02-28 → 2027-03-30',
  ])
  await time.advance('2027-03-01T23:59:59.000Z')
  expect(await time.balance()).toMatchObject({ available: 614 })
  await time.advance('2027-03-02T00:00:00.000Z')
  expect(await time.balance()).toMatchObject({ available: 314 })
  expect(await time.entries()).toEqual([
    '2027-01-31 300 membership: issued → available',
    '2027-01-31 7 promotional: issued → available',
    '2027-01-31 7 purchased: issued → available',
    '2027-02-28 300 membership: issued → available',
    '2027-03-02 300 membership: available → expired',
  ])
})

it('KV-09 purchased and promotional credits stay valid whatever happens to the membership', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  const { id } = await time.join({ plan: 'membership' })
  for (const source of ['promotional', 'purchased'])
    await kvidai.post(`${time.path}/grants`, { source, amount: 7, reason: 'test' })
  await time.advance('2027-02-10T00:00:00.000Z')
  await time.updateMembership(id, 'cancel', { when: 'now' })
  expect(await time.balance()).toMatchObject({ available: 14, frozen: 300 })
  expect(await kvidai.post(`${time.path}/charges`, { operation: 'image', outputs: 7 })).toMatchObject({
    status: 201,
  })
  await time.advance('2027-03-02T00:00:00.000Z')
  expect(await time.balance()).toMatchObject({ available: 0, frozen: 0 })
  expect(await time.entries()).toEqual([
    '2027-01-31 300 membership: issued → available',
    '2027-01-31 7 promotional: issued → available',
    '2027-01-31 7 purchased: issued → available',
    '2027-02-10 7 promotional: available → held',
    '2027-02-10 7 purchased: available → held',
    '2027-02-10 7 promotional: held → spent',
    '2027-02-10 7 purchased: held → spent',
    '2027-03-02 300 membership: available → expired',
  ])
})

it('KV-03 the shortest validity is spent first; of the same expiry promotional, membership, purchased', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  const expires_at = '2027-03-02T00:00:00Z'
  await time.grant('purchased', 4, { expires_at })
  await time.join({ plan: 'membership' })
  await time.grant('promotional', 4, { expires_at })
  await time.grant('purchased', 2, { expires_at: '2027-02-15T00:00:00Z' })
  const { body } = await time.generate({ operation: 'text', outputs: 100 })
  expect(body.draws).toMatchObject([
    { source: 'purchased', amount: 2 },
    { source: 'promotional', amount: 4 },
    { source: 'membership', amount: 94 },
  ])
  await time.grant('promotional', 1, { expires_at })
  const rest = await time.generate({ operation: 'text', outputs: 100 })
  expect(rest.body.draws).toMatchObject([
    { source: 'promotional', amount: 1 },
    { source: 'membership', amount: 99 },
  ])
  expect((await time.entries()).filter(entry => entry.endsWith('available → held'))).toEqual([
    '2027-01-31 2 purchased: available → held',
    '2027-01-31 4 promotional: available → held',
    '2027-01-31 94 membership: available → held',
    '2027-01-31 1 promotional: available → held',
    '2027-01-31 99 membership: available → held',
  ])
})

/** The paths of all reads of one account. */
async function listsOfAccounts(): Promise<string[]> {
  const { paths }: any = await (await fetch(`${lotkeeper.url}/openapi.json`)).json()
  const found = Object.keys(paths).filter(path => /^\/v1\/accounts\/\{account\}[^{]*$/.test(path) && paths[path].get)
  expect(found.length).toBeGreaterThan(10)
  return found
}

it('KV-04 the balance is in a header of every answer about an account', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  await time.grant('purchased', 10)
  const created = await time.generate({ operation: 'image', outputs: 3 })
  const account = time.path
  const answers = [
    created,
    ...(await Promise.all(
      (await listsOfAccounts()).map(path => kvidai.get(path.replace('/v1/accounts/{account}', account))),
    )),
    await kvidai.get(`/v1/operations?account=${account.split('/').pop()}`),
    await kvidai.get(`/v1/generations/${created.body.id}`),
    await kvidai.post(`${account}/quotes`, { operation: 'image' }),
    await kvidai.put(`${account}/billing-details`, { name: 'Ada', address: ['1 Example Lane'] }),
    await kvidai.post(`${account}/portal-sessions`),
    await kvidai.put(`${account}/limits`, {}),
    await kvidai.post(`${account}/generations`, { operation: 'image', outputs: 3 }),
    await kvidai.post(`${account}/charges`, { operation: 'nope' }),
    await kvidai.get(`${account}/lots?limit=0`),
    await kvidai.post(`/v1/generations/${created.body.id}/complete`, { delivered: 99 }),
  ]
  expect(answers.slice(-4).map(({ status }) => status)).toEqual([402, 422, 422, 422])
  for (const { headers } of answers)
    expect({
      available: headers.get('credits-available'),
      held: headers.get('credits-held'),
      frozen: headers.get('credits-frozen'),
      next: headers.get('credits-next-expiry'),
    }).toEqual({ available: '4', held: '6', frozen: '0', next: '2028-01-31T00:00:00.000Z' })
})

it('KV-05 every transaction is listed, exported as CSV and JSON, and summed by the API', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  await time.grant('purchased', 100)
  const { body: key } = await kvidai.post('/v1/keys', { name: 'mobile', scope: 'generate' })
  const mobile = caller(lotkeeper.url, key.key)
  await mobile.post(`${time.path}/charges`, { operation: 'text', outputs: 5 })
  await kvidai.post(`${time.path}/charges`, { operation: 'video' })
  const usage = async (group: string) => (await kvidai.get(`${time.path}/usage?group_by=${group}`)).body.data
  expect(await usage('operation')).toEqual([
    { group: 'text', spent: 5, refunded: 0, count: 1 },
    { group: 'video', spent: 20, refunded: 0, count: 1 },
  ])
  expect(await usage('api_key')).toEqual([
    { group: 'mobile', spent: 5, refunded: 0, count: 1 },
    { group: 'test-admin', spent: 20, refunded: 0, count: 1 },
  ])
  const csv = (await kvidai.get(`${time.path}/entries`, { accept: 'text/csv' })).body.trim().split('\n')
  expect(csv).toHaveLength(1 + 5)
  const json = (await kvidai.get(`${time.path}/entries?format=json`)).body
  expect(json.map((e: any) => `${e.amount} ${e.from} → ${e.to}`)).toEqual([
    '20 held → spent',
    '20 available → held',
    '5 held → spent',
    '5 available → held',
    '100 issued → available',
  ])
})

it('KV-10 members have priority and higher limits, enterprises the highest', async () => {
  const temporal = lotkeeper.temporal
  const limits = async (plan?: string) => {
    const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
    if (plan) await time.join({ plan })
    await time.grant('purchased', 5)
    const { body } = await time.generate({ operation: 'text' })
    const run = await temporal.workflow.getHandle(`generation/kvidai/${body.id}`).describe()
    expect((await time.entries()).at(-1)).toMatch(/ 1 \w+: available → held$/)
    const { concurrency, ...others } = (await kvidai.get(time.path)).body.limits
    return { ...others, concurrency: concurrency.limit, temporal: run.priority?.priorityKey }
  }
  const alone = await limits()
  const member = await limits('membership')
  const enterprise = await limits('enterprise')
  expect(alone).toMatchObject({ concurrency: 100, requests_per_minute: 1200, priority: 4, temporal: 4 })
  expect(member).toMatchObject({ concurrency: 300, requests_per_minute: 6000, priority: 2, temporal: 2 })
  expect(enterprise).toMatchObject({
    concurrency: 1000,
    requests_per_minute: 60_000,
    priority: 1,
    temporal: 1,
  })
})

it('KV-10 concurrent generations are limited; support can set the limit of one account', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  await time.grant('purchased', 50)
  await kvidai.put(`${time.path}/limits`, { concurrency: 2 })
  const attempts = await Promise.all(Array.from({ length: 6 }, () => time.generate({ operation: 'text' })))
  const created = attempts.filter(answer => answer.status === 201)
  expect(created).toHaveLength(2)
  const refused = { status: 429, body: { code: 'concurrency_limit_reached', limit: 2, used: 2 } }
  for (const answer of attempts.filter(each => each.status !== 201)) expect(answer).toMatchObject(refused)
  expect((await kvidai.get(time.path)).body.limits.concurrency).toEqual({ limit: 2, used: 2 })
  expect((await kvidai.post(`${time.path}/charges`, { operation: 'text' })).status).toBe(201)
  await time.settle(created[0]?.body.id, 'complete')
  expect((await time.generate({ operation: 'text' })).status).toBe(201)
  expect((await time.entries()).filter(entry => entry.endsWith('available → held'))).toHaveLength(4)
})

it('KV-10 requests a minute are limited by the plan; answers state the remaining ones', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  await time.grant('purchased', 50)
  const ask = () => kvidai.post(`${time.path}/quotes`, { operation: 'text' })
  const first = await ask()
  expect(first.headers.get('ratelimit-policy')).toBe('"account";q=1200;w=60')
  expect(first.headers.get('ratelimit')).toMatch(/^"account";r=1199;t=\d+$/)
  const { account_key } = (
    await lotkeeper.db.query('select account_key from accounts where account = $1', [time.path.split('/').pop()])
  ).rows[0]
  await lotkeeper.db.query('update requests set points = 1199 where key = $1', [`account:${account_key}`])
  const last = await time.generate({ operation: 'text' })
  expect(last.status).toBe(201)
  const entries = await time.entries()
  for (const answer of [await time.generate({ operation: 'text' }), await ask()]) {
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_requests', limit: 1200 } })
    expect(answer.headers.get('ratelimit')).toMatch(/^"account";r=0;t=\d+$/)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  await time.settle(last.body.id, 'cancel')
  expect((await time.entries()).slice(0, -1)).toEqual(entries)
  await time.join({ plan: 'membership' })
  expect((await ask()).status).toBe(200)
})

it('KV-13 a changed policy applies from then on; existing credits keep their terms', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'policies-'))
  await cp(path.join(root, 'policies'), folder, { recursive: true })
  const file = path.join(folder, 'kvidai.yaml')
  const changed = (await readFile(file, 'utf8'))
    .replace('version: 1', 'version: 2')
    .replace('validity: P365D', 'validity: P100D')
    .replace('validity: P30D', 'validity: P10D')
  await writeFile(file, changed)
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  const { id } = await time.join({ plan: 'membership' })
  await time.grant('purchased', 7)
  const databaseUrl = lotkeeper.config.databaseUrl
  const next = await startLotkeeper(
    { POLICIES_DIR: folder },
    { overrideAddresses: async servers => ({ ...servers, databaseUrl }) },
  )
  try {
    const later = caller(next.url, lotkeeper.keys.kvidai?.admin ?? '')
    await later.post(`${time.path}/grants`, { source: 'purchased', amount: 8, reason: 'test' })
    expect(await time.lots()).toEqual([
      '300 membership 2027-01-31 → 2027-03-02',
      '7 purchased 2027-01-31 → 2028-01-31',
      '8 purchased 2027-01-31 → 2027-05-11',
    ])
    const joining = await createTestAccount(later, '2027-01-31T00:00:00.000Z')
    await joining.join({ plan: 'membership' })
    expect(await joining.entries()).toEqual(['2027-01-31 300 membership: issued → available'])
    expect(await joining.lots()).toEqual(['300 membership 2027-01-31 → 2027-02-10'])
  } finally {
    await next.stop()
    await rm(folder, { recursive: true })
  }
  // A membership keeps its sold terms.
  await time.updateMembership(id, 'renew', { paid_through: '2027-04-01T00:00:00Z' })
  await time.advance('2027-02-28T00:00:00.000Z')
  expect((await time.lots()).at(-1)).toBe('300 membership 2027-02-28 → 2027-03-30')
})

it('KV-14 a batch is one request, and each of its items is settled on its own', async () => {
  const time = await createTestAccount(kvidai, '2027-01-31T00:00:00.000Z')
  await time.grant('purchased', 100)
  const { body: batch } = await time.generate({ operation: 'image', outputs: 50 })
  expect(batch).toMatchObject({ outputs: 50, cost: 100, held: 100 })
  const item = (index: number, ok: boolean) => ({ items: [{ index, ok }] })
  expect(await time.settle(batch.id, 'complete', item(7, true))).toMatchObject({ spent: 2, held: 98 })
  expect(await time.settle(batch.id, 'complete', item(3, false))).toMatchObject({ refunded: 2, held: 96 })
  expect(await time.settle(batch.id, 'complete', item(7, true))).toMatchObject({ spent: 2, held: 96 })
  expect(await kvidai.post(`/v1/generations/${batch.id}/complete`, item(7, false))).toMatchObject({
    status: 409,
    body: { code: 'already_settled' },
  })
  // Refunded credits can be used at once, while the rest of the batch is open.
  expect((await kvidai.post(`${time.path}/charges`, { operation: 'image' })).status).toBe(201)
  expect(await time.settle(batch.id, 'complete', { delivered: 40 })).toMatchObject({
    state: 'partially_refunded',
    spent: 82,
    refunded: 18,
    held: 0,
  })
  expect(await time.balance()).toMatchObject({ available: 16, held: 0 })
  expect((await time.entries()).slice(1)).toEqual([
    '2027-01-31 100 purchased: available → held',
    '2027-01-31 2 purchased: held → spent',
    '2027-01-31 2 purchased: held → available',
    '2027-01-31 2 purchased: available → held',
    '2027-01-31 2 purchased: held → spent',
    '2027-01-31 80 purchased: held → spent',
    '2027-01-31 16 purchased: held → available',
  ])
})
