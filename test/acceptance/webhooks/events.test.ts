import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { type Received, type Receiver, startReceiver, verified } from '../../support/stand-ins/webhook-receiver.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper
let receiver: Receiver

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ WEBHOOKS_TO_LOOPBACK: 'on' })
})
afterAll(() => lotkeeper?.stop())
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await receiver.stop()
  await lotkeeper.db.query('delete from webhook_endpoints')
})

const ok = (answer: Answer) => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const subscribe = async (caller: Caller, events?: string[]) =>
  ok(await caller.post('/v1/webhook-endpoints', { url: receiver.url, ...(events ? { events } : {}) }))

const nameOf = ({ path }: { path: string }) => path.split('/').at(-1)
const summarize = ({ body }: Received) => [body.type, body.timestamp, body.data]

/** Waits until the newest delivery of an endpoint is in a state. @returns it */
function waitForDelivery(caller: Caller, id: string, state: string): Promise<Answer['body']> {
  return waitFor(
    `a delivery that is ${state}`,
    async () => ok(await caller.get(`/v1/webhook-endpoints/${id}/deliveries`)).data[0],
    found => found?.state === state,
  )
}

async function countEvents(type: string): Promise<number> {
  const { rows } = await lotkeeper.db.query<{ n: number }>(
    'select count(*)::int as n from webhook_events where type = $1',
    [type],
  )
  return rows[0]?.n ?? 0
}

async function countEventsOfAccount(account: string): Promise<number> {
  const { rows } = await lotkeeper.db.query<{ n: number }>(
    'select count(*)::int as n from webhook_events join accounts using (account_key) where account = $1',
    [account],
  )
  return rows[0]?.n ?? 0
}

it('a product receives a grant event once, signed with the secret of its endpoint', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const key = randomUUID()
  const request = { url: receiver.url, events: ['credits.granted'] }
  const { id, secret, ...shown } = ok(await kvidai.post('/v1/webhook-endpoints', request, key))
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(shown).toMatchObject({ ...request, state: 'enabled', disabled_because: null })
  expect(ok(await kvidai.post('/v1/webhook-endpoints', request, key))).toMatchObject({ id, secret })
  const { data: listed } = ok(await kvidai.get('/v1/webhook-endpoints'))
  expect(listed).toEqual([{ id, ...shown }])
  expect(ok(await lotkeeper.as('myai').get('/v1/webhook-endpoints')).data).toEqual([])

  const time = await createTestAccount(kvidai, '2027-01-15T00:00:00.000Z', { email: 'planted@example.org' })
  const grant = { source: 'purchased', amount: 20, reason: 'welcome' }
  const grantKey = randomUUID()
  const lot = ok(await kvidai.post(`${time.path}/grants`, grant, grantKey))
  await kvidai.post(`${time.path}/grants`, grant, grantKey)
  const [message] = await receiver.waitFor(1)
  expect(message && verified(secret, message)).toEqual({
    type: 'credits.granted',
    timestamp: '2027-01-15T00:00:00.000Z',
    data: {
      account: nameOf(time),
      lot: lot.id,
      source: 'purchased',
      amount: 20,
      expires_at: '2028-01-15T00:00:00.000Z',
      reason: 'welcome',
      origin: lot.origin,
    },
  })
  expect(await waitForDelivery(kvidai, id, 'delivered')).toMatchObject({ event: message?.id, attempts: 1 })
  expect(await countEvents('credits.granted')).toBe(1)
  const { rows } = await lotkeeper.db.query('select w::text from webhook_endpoints w')
  expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length))
  expect(receiver.received.map(({ text }) => text).join('')).not.toContain('planted')
})

it('an event type without subscribers is not written', async () => {
  const kvidai = lotkeeper.as('kvidai')
  await subscribe(kvidai, ['membership.lapsed'])
  await subscribe(lotkeeper.as('branding'))
  const time = await createTestAccount(kvidai, '2027-01-15T00:00:00.000Z')
  const before = await countEvents('credits.granted')
  await time.grant('purchased', 20)
  expect(await countEvents('credits.granted')).toBe(before)
})

it('credits.expiring is sent seven days and one day before, once each, also on a test clock', async () => {
  const kvidai = lotkeeper.as('kvidai')
  await subscribe(kvidai, ['credits.expiring'])
  const time = await createTestAccount(kvidai, '2027-01-15T00:00:00.000Z')
  await time.grant('promotional', 30, { expires_at: '2027-02-15T00:00:00Z' })
  await time.grant('promotional', 5, { expires_at: '2027-01-18T00:00:00Z' })
  await time.grant('promotional', 4, { expires_at: '2027-02-20T00:00:00Z' })
  await time.advance('2027-02-15T12:00:00.000Z')
  await time.advance('2027-02-16T00:00:00.000Z')
  const messages = await receiver.waitFor(4)
  const account = nameOf(time)
  const notice = (amount: number, days: number, expires_at: string) =>
    expect.objectContaining({ account, source: 'promotional', amount, days, expires_at })
  expect(messages.map(summarize).sort()).toEqual([
    ['credits.expiring', '2027-01-17T00:00:00.000Z', notice(5, 1, '2027-01-18T00:00:00.000Z')],
    ['credits.expiring', '2027-02-08T00:00:00.000Z', notice(30, 7, '2027-02-15T00:00:00.000Z')],
    ['credits.expiring', '2027-02-13T00:00:00.000Z', notice(4, 7, '2027-02-20T00:00:00.000Z')],
    ['credits.expiring', '2027-02-14T00:00:00.000Z', notice(30, 1, '2027-02-15T00:00:00.000Z')],
  ])
})

it('credits.expiring is sent once for accounts in real time, by an hourly check', async () => {
  const kvidai = lotkeeper.as('kvidai')
  await subscribe(kvidai, ['credits.expiring'])
  const account = randomUUID()
  const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()
  await kvidai.put(`/v1/accounts/${account}`, {})
  for (const [amount, expires_at] of [
    [1, hours(23)],
    [2, hours(36)],
    [3, hours(6.9 * 24)],
    [4, hours(7.5 * 24)],
  ] as const)
    await kvidai.post(`/v1/accounts/${account}/grants`, {
      source: 'promotional',
      amount,
      reason: 'test',
      expires_at,
    })
  await lotkeeper.db.query(
    `update lots set granted_at = granted_at - interval '30 days' where account_key = (select account_key from accounts where account = $1)`,
    [account],
  )
  const poll = () =>
    lotkeeper.temporal.workflow.execute('expiryNotices', {
      workflowId: randomUUID(),
      taskQueue: lotkeeper.taskQueue,
      args: [{}],
    })
  expect(await poll()).toEqual({ emitted: 2 })
  expect(await poll()).toEqual({ emitted: 0 })
  const messages = await receiver.waitFor(2)
  expect(messages.map(({ body }) => [body.data.account, body.data.amount, body.data.days]).sort()).toEqual([
    [account, 1, 1],
    [account, 3, 7],
  ])
  expect(await countEventsOfAccount(account)).toBe(2)
})

it('membership.lapsed is sent at the lapse, generation.refunded with its credits, credits.low once a day', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const events = ['membership.lapsed', 'generation.refunded', 'credits.low']
  await subscribe(kvidai, events)
  const time = await createTestAccount(kvidai, '2027-01-15T00:00:00.000Z')
  const { id: membership } = await time.join({ plan: 'membership' })
  const { body: generation } = await time.generate({ operation: 'video', outputs: 10 })
  await time.settle(generation.id, 'complete', { delivered: 9 })
  const { body: second } = await time.generate({ operation: 'video', outputs: 5 })
  await time.settle(second.id, 'fail', { reason: 'test' })
  await time.generate({ operation: 'video', outputs: 6 })
  await time.advance('2027-02-16T00:00:00.000Z')
  const messages = await receiver.waitFor(5)
  const account = nameOf(time)
  const operation = 'video'
  const refund = { account, operation, reason: 'refund' }
  expect(messages.map(summarize).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
    ['credits.low', '2027-01-15T00:00:00.000Z', { account, available: 20, below: 50 }],
    ['generation.refunded', '2027-01-15T00:00:00.000Z', { ...refund, generation: second.id, refunded: 100 }],
    ['generation.refunded', '2027-01-15T00:00:00.000Z', { ...refund, generation: generation.id, refunded: 20 }],
    ['generation.refunded', expect.any(String), expect.objectContaining({ reason: 'time_out', refunded: 120 })],
    ['membership.lapsed', '2027-02-15T00:00:00.000Z', { account, membership, plan: 'membership', slots: 1 }],
  ])
})

it('purchase.delayed and purchase.fulfilled are sent', async () => {
  const kvidai = lotkeeper.as('kvidai')
  await subscribe(kvidai, ['purchase.fulfilled', 'purchase.delayed'])
  const time = await createTestAccount(kvidai, '2027-01-15T00:00:00.000Z')
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const { id } = ok(await kvidai.post(`${time.path}/purchases`, order))
  await kvidai.post(`/v1/purchases/${id}/missing`)
  await kvidai.post(`/v1/purchases/${id}/payment`, { reference: 'transfer-1' })
  const messages = await receiver.waitFor(2)
  expect(messages.map(({ body }) => [body.type, body.data.purchase, body.data.credits])).toEqual([
    ['purchase.delayed', id, undefined],
    ['purchase.fulfilled', id, 100],
  ])
})
