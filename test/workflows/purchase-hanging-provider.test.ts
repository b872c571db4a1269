import { Client, Connection } from '@temporalio/client'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, orderPaid } from '../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../support/wait-for.ts'

let run: LotkeeperWithStripe
let connection: Connection

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
})
afterEach(() => run.stripe.setOutcomes(() => 'answer'))
afterAll(async () => {
  await connection?.close()
  await run?.stop()
})

/** Shorter than the four seconds after which a call to Stripe is given up. */
const SOON_MS = 2_000

async function soon<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const answer = await work()
  expect(performance.now() - began).toBeLessThan(SOON_MS)
  return answer
}

const handleOf = (id: string) => new Client({ connection }).workflow.getHandle(`purchase/kvidai/${id}`)

/** Stripe hangs from now on. @returns when it was asked */
function hang(): () => Promise<unknown> {
  const asked = run.stripe.requestCount()
  run.stripe.setOutcomes(() => 'delay')
  return () => waitFor('a request to Stripe', () => run.stripe.requestCount() > asked)
}

it('a payment is granted while Stripe hangs at a check', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  bought.pay()
  const isAsked = hang()
  const checked = handleOf(bought.id)
    .executeUpdate('check')
    .catch((error: Error) => error.message)
  await isAsked()
  await soon(() => bought.deliverEvent('checkout.session.completed'))
  expect(await soon(bought.show)).toMatchObject({ state: 'fulfilled' })
  run.stripe.setOutcomes(() => 'answer')
  await checked
})

it('a dispute is applied while Stripe hangs at a refund', async () => {
  const bought = await orderPaid(run, 'kvidai', { pack: 'credits' })
  const isAsked = hang()
  const refunded = bought.post('refund', { reason: 'test' })
  await isAsked()
  const dispute = run.stripe.payments.dispute(bought.charge)
  await soon(() => bought.deliverEvent('charge.dispute.created', dispute))
  expect(await soon(bought.show)).toMatchObject({ state: 'disputed' })
  run.stripe.setOutcomes(() => 'answer')
  await refunded
})
