import { pickRandom, randomFrom } from '../../support/random.ts'
import { seed } from '../../support/run/servers.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, type StripePurchase } from '../../support/stand-ins/stripe-purchase.ts'

// The final ledger does not depend on the order, the delay and the repetition of Stripe's events.

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

/** Concurrent purchases. */
const AT_ONCE = 6

/** Orders of each list of events; all in the long form. A unit test checks that each order gives the same facts. */
const ORDERS = 6

type Wire = ReturnType<LotkeeperWithStripe['stripe']['event']>

/** Pays at Stripe. @returns the events of the payment, each with the state at its time */
type Scenario = (bought: StripePurchase) => Wire[]

const scenarios: Record<string, Scenario> = {
  'paid with two events, partly refunded, a dispute won': bought => {
    const { stripe } = run
    const charge = bought.pay()
    const paid = stripe.event('checkout.session.completed', bought.session)
    const charged = stripe.event('charge.succeeded', charge)
    stripe.payments.refundFromDashboard(charge, 2475)
    const refunded = stripe.event('charge.refunded', charge)
    const dispute = stripe.payments.dispute(charge, 5000)
    const opened = stripe.event('charge.dispute.created', dispute)
    stripe.payments.closeDispute(dispute, 'won')
    return [paid, charged, refunded, opened, stripe.event('charge.dispute.closed', dispute)]
  },
  'pending, then paid, then refunded in two parts': bought => {
    const { stripe } = run
    stripe.payments.pay(bought.session, { later: true })
    const pending = stripe.event('checkout.session.completed', bought.session)
    const charge = bought.pay()
    const paid = stripe.event('checkout.session.async_payment_succeeded', bought.session)
    stripe.payments.refundFromDashboard(charge, 4950)
    const halfRefunded = stripe.event('charge.refunded', charge)
    stripe.payments.refundFromDashboard(charge, 4950)
    return [pending, paid, halfRefunded, stripe.event('charge.refunded', charge)]
  },
  'paid, disputed and lost': bought => {
    const { stripe } = run
    const charge = bought.pay()
    const paid = stripe.event('checkout.session.completed', bought.session)
    const charged = stripe.event('charge.succeeded', charge)
    const dispute = stripe.payments.dispute(charge)
    const opened = stripe.event('charge.dispute.created', dispute)
    stripe.payments.closeDispute(dispute, 'lost')
    return [paid, charged, opened, stripe.event('charge.dispute.closed', dispute)]
  },
}

/** Enough for ten webhooks in each order. */
const LONG_MS = 300_000

it.each(Object.entries(scenarios))(
  `any order of the events, each repeated, leads to the same ledger (seed ${seed}): %s`,
  async (_what, scenario) => {
    const finalStates = new Set<string>()
    const all = permutations([...scenario(await order(run, 'kvidai', { pack: 'credits' })).keys()])
    const orders = pickRandom(all, randomFrom(seed), ORDERS)
    const runOrder = async (sequence: number[]) => {
      const bought = await order(run, 'kvidai', { pack: 'credits' })
      const events = scenario(bought)
      for (const n of sequence) {
        const event = events[n] ?? {}
        await Promise.all([run.deliver(event, { product: 'kvidai' }), run.deliver(event, { product: 'kvidai' })])
      }
      finalStates.add(JSON.stringify(await finalState(bought)))
    }
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = orders.pop(); next; next = orders.pop()) await runOrder(next)
      }),
    )
    expect([...finalStates]).toHaveLength(1)
    expect([...finalStates][0]).toContain('"granted":100')
  },
  LONG_MS,
)

/** The final state of a purchase and its account, without ids and times. */
async function finalState(bought: StripePurchase) {
  const { state, credits, lots } = await bought.show()
  const { available, held, frozen, debt } = await bought.time.balance()
  const amounts = lots.map((lot: Record<string, number>) => ({
    granted: lot.granted,
    available: lot.available,
    revoked: lot.revoked,
  }))
  return { state, credits, amounts, available, held, frozen, debt }
}

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, n) => permutations(items.toSpliced(n, 1)).map(rest => [item, ...rest]))
}
