import { randomUUID } from 'node:crypto'
import { webhookDeliveryWorkflowId } from '../../../workflows/contract/ids.ts'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { type Receiver, startReceiver, verified } from '../../support/stand-ins/webhook-receiver.ts'
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

it('a failed delivery is repeated unchanged until it succeeds; a redirect is not followed', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { id, secret } = await subscribe(kvidai)
  receiver.answer(302)
  const { event } = ok(await kvidai.post(`/v1/webhook-endpoints/${id}/test`))
  await receiver.waitFor(1)
  const waiting = await waitForDelivery(kvidai, id, 'pending')
  expect(waiting).toMatchObject({ event, type: 'webhook.test', attempts: 1, last_outcome: 'answered 302' })
  receiver.answer(200)
  expect(await waitForDelivery(kvidai, id, 'delivered')).toMatchObject({ attempts: 2, next_attempt_at: null })
  expect(receiver.received.map(message => [message.id, message.body])).toEqual(
    Array(2).fill([event, { type: 'webhook.test', timestamp: expect.any(String), data: { endpoint: id } }]),
  )
  for (const message of receiver.received) verified(secret, message)
})

it('an endpoint that answers 410 is disabled, until it is enabled again', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { id } = await subscribe(kvidai, ['credits.granted'])
  receiver.answer(410)
  const account = await createTestAccount(kvidai, '2027-01-15T00:00:00.000Z')
  await account.grant('purchased', 1)
  await receiver.waitFor(1)
  const disabled = { id, state: 'disabled', disabled_because: 'gone' }
  await waitFor(
    'the endpoint to be disabled',
    async () => ok(await kvidai.get('/v1/webhook-endpoints')).data[0].state !== 'enabled',
  )
  expect(ok(await kvidai.get('/v1/webhook-endpoints')).data).toMatchObject([disabled])
  const before = await countEvents('credits.granted')
  await account.grant('purchased', 2)
  expect(await countEvents('credits.granted')).toBe(before)
  receiver.answer(200)
  expect(ok(await kvidai.post(`/v1/webhook-endpoints/${id}/enable`))).toMatchObject({ id, state: 'enabled' })
  await account.grant('purchased', 3)
  const succeeded = await receiver.waitFor(3)
  expect(succeeded.map(({ body }) => body.data.amount)).toEqual([1, 1, 3])
})

it('an endpoint that fails for three days is disabled and raises attention until it is enabled again', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { id } = await subscribe(kvidai)
  receiver.answer(500)
  await kvidai.post(`/v1/webhook-endpoints/${id}/test`)
  await waitForDelivery(kvidai, id, 'pending')
  await receiver.waitFor(1)
  await lotkeeper.db.query(
    `update webhook_deliveries set started_at = started_at - interval '3 days' where endpoint = $1`,
    [id],
  )
  expect(await waitForDelivery(kvidai, id, 'failed')).toMatchObject({
    last_outcome: 'answered 500',
    next_attempt_at: null,
  })
  const workflow = lotkeeper.temporal.workflow.getHandle(webhookDeliveryWorkflowId('kvidai', id))
  const attention = async () => (await workflow.describe()).searchAttributes.NeedsAttention
  await waitFor('attention', async () => (await attention())?.[0])
  expect(ok(await kvidai.get('/v1/webhook-endpoints')).data).toMatchObject([
    { id, state: 'disabled', disabled_because: 'failing' },
  ])
  const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  expect(currentDetails).toMatch(/nothing was delivered for three days.*enable.*signal `due`/s)
  const listed = async () => ok(await kvidai.get('/v1/attention?kind=webhooks_failing')).data
  expect(await listed()).toMatchObject([
    {
      subject: { type: 'webhook_endpoint', id },
      account: null,
      actions: [{ name: 'enable' }, { name: 'acknowledge' }],
    },
  ])
  receiver.answer(200)
  const { id: failed } = await waitForDelivery(kvidai, id, 'failed')
  ok(await kvidai.post(`/v1/webhook-endpoints/${id}/enable`))
  ok(await kvidai.post(`/v1/webhook-endpoints/${id}/deliveries/${failed}/redeliver`))
  await waitForDelivery(kvidai, id, 'delivered')
  expect(await workflow.result()).toEqual({ outcome: 'delivered' })
  expect(await attention()).toEqual([false])
  expect(await listed()).toEqual([])
})

it('after a rotation both secrets sign for a day', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { id, secret: old } = await subscribe(kvidai)
  const { secret } = ok(await kvidai.post(`/v1/webhook-endpoints/${id}/rotate-secret`))
  expect(secret).not.toBe(old)
  await kvidai.post(`/v1/webhook-endpoints/${id}/test`)
  const [signedByBoth] = await receiver.waitFor(1)
  for (const each of [old, secret]) expect(signedByBoth && verified(each, signedByBoth).type).toBe('webhook.test')
  await lotkeeper.db.query(
    `update webhook_endpoints set signing_keys = jsonb_set(signing_keys, '{1,until}', '"2020-01-01T00:00:00.000Z"')`,
  )
  await kvidai.post(`/v1/webhook-endpoints/${id}/test`)
  const [, signedByNew] = await receiver.waitFor(2)
  expect(signedByNew && verified(secret, signedByNew).type).toBe('webhook.test')
  expect(() => signedByNew && verified(old, signedByNew)).toThrow('No matching signature')
})

it('redeliver sends an event again with the same id', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const { id } = await subscribe(kvidai)
  await kvidai.post(`/v1/webhook-endpoints/${id}/test`)
  const first = await waitForDelivery(kvidai, id, 'delivered')
  const redeliver = `/v1/webhook-endpoints/${id}/deliveries/${first.id}/redeliver`
  expect(ok(await kvidai.post(redeliver))).toMatchObject({ id: first.id, state: 'pending', attempts: 0 })
  const [one, other] = await receiver.waitFor(2)
  expect(other?.id).toBe(one?.id)
  expect(other?.text).toBe(one?.text)
  expect((await lotkeeper.as('myai').post(redeliver)).status).toBe(404)
})

it('a forbidden URL is refused with the reason', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const refused = async (url: string, events?: string[]) =>
    (await kvidai.post('/v1/webhook-endpoints', { url, events })).body.detail
  expect(await refused('http://example.org/')).toBe('url: must begin with https://')
  expect(await refused('https://10.0.0.1/')).toBe('url: must be on the public network')
  expect(await refused('https://me:secret@example.org/')).toBe('url: must not contain a name or password')
  expect(await refused('elsewhere')).toBe('url: must be a URL')
  expect(await refused(receiver.url, ['credits.lost'])).toContain('events.0')
  const support = lotkeeper.as('kvidai', 'support')
  expect((await support.get('/v1/webhook-endpoints')).status).toBe(403)
  expect(ok(await kvidai.get('/v1/webhook-endpoints')).data).toEqual([])
})

it('KV-08 closing an account deletes its events', async () => {
  const kvidai = lotkeeper.as('kvidai')
  await subscribe(kvidai, ['credits.granted'])
  const path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, {})
  await kvidai.post(`${path}/grants`, { source: 'purchased', amount: 20, reason: 'test' })
  await receiver.waitFor(1)
  ok(await kvidai.delete(path))
  const tables = ['webhook_events', 'webhook_deliveries']
  for (const table of tables)
    expect(
      (
        await lotkeeper.db.query(
          `select from ${table} t join accounts a using (account_key) where a.closed_at is not null`,
        )
      ).rows,
    ).toEqual([])
})
