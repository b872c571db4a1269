import { membershipActivities } from '../../activities/membership.ts'
import { stripeFor } from '../../payments/stripe/subscriptions.ts'
import { readPolicies } from '../../platform/policy-store.ts'
import { membershipWorkflowId } from '../../workflows/contract/ids.ts'
import { whileStripeHangs } from '../support/stand-ins/hanging-stripe.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
} from '../support/stand-ins/lotkeeper-with-stripe.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterEach(() => run.stripe.setOutcomes(() => 'answer'))
afterAll(() => run?.stop())

async function paid() {
  const { time, id } = await subscribed(run)
  await run.deliver(run.stripe.event('invoice.paid', run.stripe.invoice(id, JAN, FEB)))
  const [{ id: membership }] = await membershipsOf(time)
  const handle = run.lotkeeper.temporal.workflow.getHandle(membershipWorkflowId('x-design', membership))
  return { time, id, membership, handle }
}

it('other messages are answered while Stripe hangs', async () => {
  const { time, membership, handle } = await paid()
  const check = () => handle.executeUpdate('check').catch((error: Error) => error.message)
  await whileStripeHangs(run.stripe, check, async () => {
    await time.updateMembership(membership, 'lapse')
    expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed' })
    expect(await time.updateMembership(membership, 'reactivate')).toMatchObject({ state: 'active' })
  })
})

it('other messages are answered while Stripe hangs before a membership stops', async () => {
  const { time, id, membership } = await paid()
  run.stripe.invoice(id, FEB, MAR)
  const advance = () => time.advance('2026-02-10T00:00:01.000Z')
  await whileStripeHangs(run.stripe, advance, () => time.updateMembership(membership, 'cancel'))
})

it('an answer of Stripe that comes late changes nothing that a newer one decided', async () => {
  const { stripe, lotkeeper } = run
  const { time, id, membership } = await paid()
  const { readSubscription, applySubscription } = membershipActivities({
    db: lotkeeper.db,
    policies: readPolicies('policies'),
    now: () => new Date(),
    stripe: stripeFor({ secretKey: 'sk_test_stand_in', apiBase: stripe.url }),
  })
  const ref = { product: 'x-design', account: accountOf(time), id: membership }
  stripe.change(id, { cancel_at_period_end: true })
  const late = await readSubscription(ref)
  stripe.change(id, { cancel_at_period_end: false, quantity: 2 })
  stripe.invoice(id, FEB, MAR)
  await applySubscription({ ...ref, reading: await readSubscription(ref) })
  await applySubscription({ ...ref, reading: late })
  expect((await membershipsOf(time))[0]).toMatchObject({ cancel_at_period_end: false, paid_through: MAR })
})
