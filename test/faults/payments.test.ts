import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import type { ChooseOutcome } from '../support/stand-ins/stripe.ts'
import { placeOrder } from '../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../support/wait-for.ts'

// Each request to the payment provider is dropped, answered late or never, or fails; events are lost or repeated.
// Neither credits nor money are lost or doubled.

/** A case mostly waits, so several run in parallel, each with a stand-in of Stripe of its own. */
const LANES = 4

/** A case waits for those before it in its lane. */
const LONG_MS = 180_000

const steps = [
  'POST /v1/checkout/sessions',
  'GET /v1/checkout/sessions',
  'GET /v1/charges',
  'GET /v1/disputes',
  'POST /v1/refunds',
]

const cases = steps.flatMap(step =>
  (['drop', 'hang_up', 'delay', 'fail'] as const).flatMap(how =>
    (step.startsWith('POST') ? [1, 2] : [1]).map(times => [step, how, times] as const),
  ),
)

type Case = (typeof cases)[number]

/** The outcome of each case. */
const outcomes = new Map<Case, Promise<void>>()
const lanes: LotkeeperWithStripe[] = []

beforeAll(async () => {
  for (let n = 0; n < LANES; n++) lanes.push(await startLotkeeperWithStripe())
  lanes.forEach((run, lane) => {
    let free: Promise<unknown> = Promise.resolve()
    for (const each of cases.filter((_, n) => n % LANES === lane)) {
      const outcome = free.then(() => runCase(run, each))
      outcomes.set(each, outcome)
      // Its own test reports it.
      free = outcome.catch(() => undefined)
    }
  })
})
afterAll(async () => {
  for (const run of lanes) await run.stop()
})

/** Sets the outcome of the first `times` requests of one kind. @returns how many there were */
function setOutcomesOfFirst(
  run: LotkeeperWithStripe,
  step: string,
  how: Exclude<ReturnType<ChooseOutcome>, 'answer'>,
  times: number,
): () => number {
  let disturbed = 0
  run.stripe.setOutcomes(request => {
    if (!request.startsWith(step) || disturbed === times) return 'answer'
    disturbed++
    return how
  })
  return () => disturbed
}

it.each(cases.map(each => ({ each, name: `${each[0]}: ${each[1]} × ${each[2]}` })))(
  '$name',
  ({ each }) => outcomes.get(each),
  LONG_MS,
)

async function runCase(run: LotkeeperWithStripe, [step, how, times]: Case): Promise<void> {
  const disturbed = setOutcomesOfFirst(run, step, how, times)
  const purchase = await placeOrder(run, 'kvidai', { pack: 'credits' })
  const { checkout_url } = await waitFor('a checkout page', purchase.show, shown => shown.checkout_url !== null)
  // The customer pays on the checkout page. Its event is lost; polling finds the payment.
  const session = checkout_url.split('/').at(-1)
  const { charge } = run.stripe.payments.pay(session)
  const paid = run.stripe.event('checkout.session.completed', session)
  await purchase.time.advance('2027-01-31T09:10:00.000Z')
  let shown = await waitFor(
    'the credits',
    async () => (await purchase.post('missing')).body,
    ({ lots }) => lots.length > 0,
  )
  // Then the event arrives after all, twice.
  await Promise.all([run.deliver(paid, { product: 'kvidai' }), run.deliver(paid, { product: 'kvidai' })])
  expect(await purchase.time.balance()).toMatchObject({ available: 100, debt: 0 })

  // Less than half of the credits is left, so that a double refund would not exceed the payment.
  await purchase.caller.post(`${purchase.time.path}/charges`, { operation: 'image', outputs: 30 })
  await purchase.post('refund', { reason: 'a test' })
  shown = await waitFor('the refund', purchase.show, ({ refund }) => refund.state !== 'pending')
  const refunded = run.stripe.event('charge.refunded', charge)
  if (shown.refund.state === 'failed') {
    expect(shown).toMatchObject({ needs_attention: true, state: 'reissued', lots: [{ available: 40 }] })
    // Stripe refunded, but reported a failure. A second request or the event finds out.
    expect(await purchase.post('refund', { reason: 'again' })).toMatchObject({ body: { state: 'refunded' } })
  }
  await Promise.all([run.deliver(refunded, { product: 'kvidai' }), run.deliver(refunded, { product: 'kvidai' })])
  expect(await purchase.show()).toMatchObject({
    state: 'refunded',
    lots: [{ granted: 100, spent: 60, available: 0, revoked: 40 }],
  })
  const payments = run.stripe.payments.refunds().filter(refund => refund.charge === charge)
  expect(payments.map(({ amount }) => amount)).toEqual([3960])
  expect(disturbed()).toBe(times)
}
