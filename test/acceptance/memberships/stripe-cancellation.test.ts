import { createTestAccount } from '../../support/clients/test-account.ts'
import { disturb, reconcileNow } from '../../support/operators/disturb.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe({ STRIPE_RETRY_SECONDS: '1' })
})
afterEach(() => {
  run.stripe.setDown(false)
  run.stripe.refuseChanges(null)
})
afterAll(() => run?.stop())

async function paid() {
  const { stripe, design } = run
  const account = await createTestAccount(design, JAN)
  const id = stripe.subscribe({ metadata: { account: accountOf(account) }, start: JAN, end: FEB })
  const deliverEvent = (type: string, objectId: string) => run.deliver(stripe.event(type, objectId))
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  const show = async () => (await membershipsOf(account))[0]
  const { id: membership } = await show()
  const handle = run.lotkeeper.temporal.workflow.getHandle(`membership/x-design/${membership}`)
  const needsAttention = async () => (await handle.describe()).searchAttributes.NeedsAttention?.[0] === true
  const send = (action: string, body: object = {}) => account.updateMembership(membership, action, body)
  const known = (fields: Record<string, unknown>) =>
    waitFor(
      'the change at Stripe',
      () => stripe.subscription(id),
      found => Object.entries(fields).every(([name, value]) => found?.[name] === value),
    )
  const settled = () =>
    waitFor('the end of the change', show, ({ subscription_change }) => subscription_change === null)
  return { stripe, account, id, membership, handle, needsAttention, send, show, deliverEvent, known, settled }
}

it('a cancellation reaches Stripe, and so does its withdrawal', async () => {
  const { stripe, id, send, show, deliverEvent, known, settled } = await paid()
  expect(await send('cancel')).toMatchObject({ cancel_at_period_end: true })
  await known({ cancel_at_period_end: true })
  await settled()
  const changes = stripe.changes().length
  await deliverEvent('customer.subscription.updated', id)
  expect(stripe.changes()).toHaveLength(changes)
  await send('reactivate')
  await known({ cancel_at_period_end: false })
  expect(await settled()).toMatchObject({ state: 'active', cancel_at_period_end: false })
  await send('cancel')
  await known({ cancel_at_period_end: true })
  expect((await show()).history.map(({ what }: { what: string }) => what)).toContain('subscription_changed')
})

it('BR-19 a cancellation is undone until it happens, at Stripe too; an ended membership cannot be restored', async () => {
  const { stripe, account, id, membership, send, show, known, settled } = await paid()
  await send('cancel')
  expect(await send('undo-cancel')).toMatchObject({ state: 'active', cancel_at_period_end: false })
  await settled()
  expect(await known({ cancel_at_period_end: false })).toMatchObject({ status: 'active' })
  expect(await show()).toMatchObject({ cancel_at_period_end: false, current_period_end: FEB })
  stripe.change(id, { cancel_at_period_end: true })
  await run.deliver(stripe.event('customer.subscription.updated', id))
  expect(await send('undo-cancel')).toMatchObject({ cancel_at_period_end: false })
  await known({ cancel_at_period_end: false })
  await settled()
  await send('cancel')
  await known({ cancel_at_period_end: true })
  await settled()
  await account.advance('2026-02-11T12:00:00.000Z')
  expect(await account.caller.post(`/v1/memberships/${membership}/undo-cancel`)).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'membership', message: expect.stringMatching(/has ended/) }] },
  })
})

it('a cancellation now ends the subscription now', async () => {
  const { send, known, settled, handle } = await paid()
  expect(await send('cancel', { when: 'now' })).toMatchObject({ state: 'ended' })
  await known({ status: 'canceled' })
  await settled()
  expect(await handle.result()).toEqual({ outcome: 'ended' })
})

it('a cancellation at Stripe is not sent back', async () => {
  const { stripe, id, deliverEvent, show } = await paid()
  const before = stripe.changes().length
  stripe.change(id, { cancel_at_period_end: true })
  await deliverEvent('customer.subscription.updated', id)
  expect(await show()).toMatchObject({ cancel_at_period_end: true, subscription_change: null })
  stripe.change(id, { status: 'canceled', ended_at: Date.parse(FEB) / 1000 })
  await deliverEvent('customer.subscription.deleted', id)
  expect(stripe.changes()).toHaveLength(before)
})

it('while Stripe is down the membership shows the pending cancellation, and raises attention before the next charge', async () => {
  const { stripe, account, send, show, known, settled, needsAttention } = await paid()
  stripe.setDown(true)
  expect(await send('cancel')).toMatchObject({
    cancel_at_period_end: true,
    subscription_change: { to: 'cancelled_at_period_end', state: 'pending' },
  })
  expect(await needsAttention()).toBe(false)
  await account.advance('2026-02-09T12:00:00.000Z')
  await waitFor('attention', needsAttention)
  expect((await show()).subscription_change).toMatchObject({ state: 'pending' })
  stripe.setDown(false)
  await known({ cancel_at_period_end: true })
  await settled()
  await waitFor('attention to end', needsAttention, raised => !raised)
})

it('a cancellation that Stripe refuses raises attention at once, and a check retries it', async () => {
  const { stripe, send, known, settled, needsAttention, handle, show } = await paid()
  stripe.refuseChanges('subscription_locked')
  await send('cancel')
  await waitFor('attention', needsAttention)
  expect((await show()).subscription_change).toMatchObject({ to: 'cancelled_at_period_end', state: 'refused' })
  stripe.refuseChanges(null)
  await handle.executeUpdate('check')
  await known({ cancel_at_period_end: true })
  await settled()
  expect(await needsAttention()).toBe(false)
})

it('a membership that ended while Stripe was down is cancelled there at once; a charge meanwhile needs a refund', async () => {
  const { stripe, account, id, send, show, known, settled, deliverEvent, handle, needsAttention } = await paid()
  stripe.setDown(true)
  await send('cancel')
  await account.advance('2026-02-11T12:00:00.000Z')
  const charge = stripe.chargeOf(stripe.invoice(id, FEB, MAR))
  stripe.setDown(false)
  await known({ status: 'canceled' })
  await settled()
  expect([(await show()).state, await needsAttention()]).toEqual(['ended', true])
  stripe.payments.refundFromDashboard(charge, 1000)
  await deliverEvent('charge.refunded', charge)
  expect(await handle.result()).toEqual({ outcome: 'ended' })
  expect(await needsAttention()).toBe(false)
})

it('an ended membership that Stripe still bills has its terminated workflow started again', async () => {
  const { stripe, membership, send, known, settled, needsAttention, handle } = await paid()
  stripe.refuseChanges('subscription_locked')
  await send('cancel', { when: 'now' })
  await waitFor('attention', needsAttention)
  const { temporal, taskQueue } = run.lotkeeper
  await disturb(temporal, 'terminate', `membership/x-design/${membership}`)
  await reconcileNow(temporal, taskQueue)
  stripe.refuseChanges(null)
  await handle.executeUpdate('check')
  await known({ status: 'canceled' })
  await settled()
})

it('closing the account cancels at Stripe', async () => {
  const { account, known } = await paid()
  const close = () => run.design.delete(account.path)
  expect(await waitFor('the closure', close, ({ status }) => status !== 503)).toMatchObject({ status: 200 })
  await known({ status: 'canceled' })
})

it('each change of a subscription at Stripe has an Idempotency-Key', async () => {
  const { stripe, id, send, known } = await paid()
  await send('cancel')
  await known({ cancel_at_period_end: true })
  const keys = stripe.changes().filter(change => change.subscription === id)
  expect(keys.every(({ key }) => typeof key === 'string' && key.length > 0)).toBe(true)
})
