import { whileStripeHangs } from '../support/stand-ins/hanging-stripe.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, orderPaid } from '../support/stand-ins/stripe-purchase.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterEach(() => run.stripe.setOutcomes(() => 'answer'))
afterAll(() => run?.stop())

const handleOf = (id: string) => run.lotkeeper.temporal.workflow.getHandle(`purchase/kvidai/${id}`)

it('a payment is granted while Stripe hangs at a check', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  bought.pay()
  const check = () =>
    handleOf(bought.id)
      .executeUpdate('check')
      .catch((error: Error) => error.message)
  await whileStripeHangs(run.stripe, check, async () => {
    await bought.deliverEvent('checkout.session.completed')
    expect(await bought.show()).toMatchObject({ state: 'fulfilled' })
  })
})

it('a dispute is applied while Stripe hangs at a refund', async () => {
  const bought = await orderPaid(run, 'kvidai', { pack: 'credits' })
  const refund = () => bought.post('refund', { reason: 'test' })
  await whileStripeHangs(run.stripe, refund, async () => {
    await bought.deliverEvent('charge.dispute.created', run.stripe.payments.dispute(bought.charge))
    expect(await bought.show()).toMatchObject({ state: 'disputed' })
  })
})
