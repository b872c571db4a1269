import { randomUUID } from 'node:crypto'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { lockRows, statementWaits } from '../../support/database/row-lock.ts'
import { attentionOf } from '../../support/servers/ops.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import type { StripeStandIn } from '../../support/stand-ins/stripe.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe
let stripe: StripeStandIn

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  stripe = run.stripe
})
afterAll(() => run?.stop())

const deliver = (type: string, objectId: string) => run.deliver(stripe.event(type, objectId))

/** A paid subscription whose first event has arrived. */
async function paid(fields: { metadata?: Record<string, string>; customer?: string; plan?: string }): Promise<string> {
  const id = stripe.subscribe({ start: JAN, end: FEB, ...fields })
  await deliver('invoice.paid', stripe.invoice(id, JAN, FEB))
  return id
}

/** The lines of `ops attention` about a subscription. */
async function attention(subscription: string): Promise<string> {
  const heading = new RegExp(`Unassigned subscription: subscription/[\\w-]+/${subscription} `)
  const [, found = ''] = (await attentionOf(run.lotkeeper)).split(heading)
  return found.split('\n').slice(0, 2).join('\n')
}

it('a subscription that names an account which does not exist raises attention until the account is created', async () => {
  const account = randomUUID()
  const id = await paid({ metadata: { account } })
  expect(await attention(id)).toMatch(`names the account ${account}, which does not exist`)
  const clock = await run.design.post('/v1/test-clocks', { now: JAN })
  const { body } = await run.design.put(`/v1/accounts/${account}`, { test_clock: clock.body.id })
  expect(body.memberships).toMatchObject([{ external_id: id }])
  expect(await attention(id)).toBe('')
})

it('an account that is created while the event of its subscription is handled starts the subscription', async () => {
  const account = randomUUID()
  const clock = await run.design.post('/v1/test-clocks', { now: JAN })
  const id = stripe.subscribe({ start: JAN, end: FEB, metadata: { account } })
  const event = stripe.event('invoice.paid', stripe.invoice(id, JAN, FEB))
  // Reads pass; the handler, which has found no account, waits to keep the subscription.
  const release = await lockRows(run.lotkeeper, 'lock table unassigned_subscriptions in share mode', [])
  const handled = run.deliver(event)
  await statementWaits(run.lotkeeper, 'insert into unassigned_subscriptions')
  const created = await run.design.put(`/v1/accounts/${account}`, { test_clock: clock.body.id })
  expect([created.status, created.body.memberships]).toEqual([201, []])
  await release()
  await handled
  const { body } = await run.design.get(`/v1/accounts/${account}/memberships`)
  expect(body.data).toMatchObject([{ external_id: id, state: 'active' }])
  expect(await attention(id)).toBe('')
})

it('a subscription that names a product which does not exist raises attention until its metadata is corrected', async () => {
  const time = await createTestAccount(run.design, JAN)
  const account = accountOf(time)
  const id = await paid({ metadata: { account, product: 'x-desing' } })
  expect(await membershipsOf(time)).toEqual([])
  expect(await attention(id)).toMatch('names the product x-desing, which does not exist')
  stripe.change(id, { metadata: { account, product: 'x-design' } })
  await deliver('customer.subscription.updated', id)
  expect(await membershipsOf(time)).toMatchObject([{ external_id: id, state: 'active' }])
  expect(await attention(id)).toBe('')
})

it('a subscription of one of our plans without an account raises attention; others and those of known products do not', async () => {
  expect(await attention(await paid({}))).toMatch(/No account has its customer cus_/)
  for (const fields of [
    { plan: 'gym' },
    { plan: 'gym', metadata: { product: 'gym' } },
    { metadata: { product: 'branding' } },
  ])
    expect(await attention(await paid(fields))).toBe('')
})

it('events of a closed account are accepted, and raise attention while Stripe charges for it', async () => {
  const time = await createTestAccount(run.design, JAN)
  const id = await paid({ metadata: { account: accountOf(time) } })
  expect(await run.design.delete(time.path)).toMatchObject({ status: 200 })
  await waitFor('the end at Stripe', async () => stripe.subscription(id)?.status === 'canceled')
  await deliver('customer.subscription.deleted', id)
  expect(await attention(id)).toBe('')

  stripe.change(id, { status: 'active', ended_at: null })
  const invoice = stripe.invoice(id, FEB, MAR)
  await deliver('invoice.paid', invoice)
  expect(await attention(id)).toMatch('Its account is closed. Cancel it at Stripe, and refund')
  stripe.change(id, { status: 'canceled', ended_at: Math.floor(Date.parse(MAR) / 1000) })
  await deliver('customer.subscription.deleted', id)
  expect(await attention(id)).toMatch('Its account is closed')
  const charge = stripe.chargeOf(invoice)
  stripe.payments.refundFromDashboard(charge, 1000)
  await deliver('charge.refunded', charge)
  expect(await attention(id)).toBe('')
})
