import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, orderPaid, type StripePurchase } from '../../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../../support/wait-for.ts'

// Payments, refunds and disputes without a webhook.

let run: LotkeeperWithStripe
let connection: Connection

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
})
afterEach(() => run.stripe.setDown(false))
afterAll(async () => {
  await connection?.close()
  await run?.stop()
})

/** Polls Stripe now instead of in an hour. @returns what the poll did */
const ask = (): Promise<object> =>
  new Client({ connection }).workflow.execute('stripeEvents', {
    workflowId: `stripe-events/${randomUUID()}`,
    taskQueue: run.lotkeeper.taskQueue,
    args: [{}],
  })

const reaches = (bought: StripePurchase, state: string) =>
  waitFor(`a purchase that is ${state}`, bought.show, shown => shown.state === state)

it('payments without webhooks are found, and the drift is zero afterwards', async () => {
  const paid = await order(run, 'kvidai', { pack: 'credits' })
  paid.pay()
  run.stripe.event('checkout.session.completed', paid.session)
  const left = await order(run, 'branding', { pack: 'boost-100' })
  run.stripe.payments.expire(left.session)
  run.stripe.event('checkout.session.expired', left.session)
  const refunded = await orderPaid(run, 'kvidai', { pack: 'credits' })
  run.stripe.payments.refundFromDashboard(refunded.charge, 9900)
  run.stripe.event('charge.refunded', refunded.charge)
  const over = await orderPaid(run, 'kvidai', { pack: 'credits' })
  await over.time.advance('2027-03-01T00:00:00.000Z')
  run.stripe.event('charge.dispute.created', run.stripe.payments.dispute(over.charge))
  expect(await ask()).toMatchObject({ missed: 4, more: false })
  expect(await reaches(paid, 'fulfilled')).toMatchObject({ lots: [{ granted: 100, available: 100 }] })
  expect(await reaches(left, 'expired')).toMatchObject({ lots: [] })
  expect(await reaches(refunded, 'refunded')).toMatchObject({ lots: [{ available: 0, revoked: 100 }] })
  expect(await reaches(over, 'disputed')).toMatchObject({ lots: [{ available: 0, revoked: 100 }] })
  expect(await ask()).toMatchObject({ missed: 0 })
  await paid.deliverEvent('checkout.session.completed')
  expect(await paid.time.balance()).toMatchObject({ available: 100 })
})

it('an unreachable Stripe is polled again', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  bought.pay()
  run.stripe.event('checkout.session.completed', bought.session)
  run.stripe.setDown(true)
  expect(await ask()).toMatchObject({ refused: expect.stringMatching(/is unavailable/) })
  run.stripe.setDown(false)
  await ask()
  await reaches(bought, 'fulfilled')
})
