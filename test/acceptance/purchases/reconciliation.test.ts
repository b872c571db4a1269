import { randomUUID } from 'node:crypto'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, orderPaid, type StripePurchase } from '../../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../../support/wait-for.ts'

// Polling of payments, refunds and disputes whose webhook was lost.

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterEach(() => run.stripe.setDown(false))
afterAll(() => run?.stop())

/** Polls Stripe now, not by its schedule. @returns the result of the poll */
const pollStripe = (): Promise<object> =>
  run.lotkeeper.temporal.workflow.execute('stripeEvents', {
    workflowId: `stripe-events/${randomUUID()}`,
    taskQueue: run.lotkeeper.taskQueue,
    args: [{}],
  })

const waitForState = (bought: StripePurchase, state: string) =>
  waitFor(`a purchase that is ${state}`, bought.show, shown => shown.state === state)

it('a poll applies payment events whose webhooks were lost, and a second poll finds none', async () => {
  const paid = await order(run, 'kvidai', { pack: 'credits' })
  paid.pay()
  run.stripe.event('checkout.session.completed', paid.session)
  const abandoned = await order(run, 'branding', { pack: 'boost-100' })
  run.stripe.payments.expire(abandoned.session)
  run.stripe.event('checkout.session.expired', abandoned.session)
  const refunded = await orderPaid(run, 'kvidai', { pack: 'credits' })
  run.stripe.payments.refundFromDashboard(refunded.charge, 9900)
  run.stripe.event('charge.refunded', refunded.charge)
  const disputed = await orderPaid(run, 'kvidai', { pack: 'credits' })
  await disputed.time.advance('2027-03-01T00:00:00.000Z')
  run.stripe.event('charge.dispute.created', run.stripe.payments.dispute(disputed.charge))
  expect(await pollStripe()).toMatchObject({ missed: 4, more: false })
  expect(await waitForState(paid, 'fulfilled')).toMatchObject({ lots: [{ granted: 100, available: 100 }] })
  expect(await waitForState(abandoned, 'expired')).toMatchObject({ lots: [] })
  expect(await waitForState(refunded, 'refunded')).toMatchObject({ lots: [{ available: 0, revoked: 100 }] })
  expect(await waitForState(disputed, 'disputed')).toMatchObject({ lots: [{ available: 0, revoked: 100 }] })
  expect(await pollStripe()).toMatchObject({ missed: 0 })
  await paid.deliverEvent('checkout.session.completed')
  expect(await paid.time.balance()).toMatchObject({ available: 100 })
})

it('a poll while Stripe is unreachable fails, and the next one applies the events', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  bought.pay()
  run.stripe.event('checkout.session.completed', bought.session)
  run.stripe.setDown(true)
  expect(await pollStripe()).toMatchObject({ refused: expect.stringMatching(/is unavailable/) })
  run.stripe.setDown(false)
  await pollStripe()
  await waitForState(bought, 'fulfilled')
})
