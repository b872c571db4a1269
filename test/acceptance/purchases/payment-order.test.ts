import { pickRandom, randomFrom } from '../../support/random.ts'
import { seed } from '../../support/run/servers.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, type StripePurchase } from '../../support/stand-ins/stripe-purchase.ts'

// Stripe's events may be late, repeated and in any order: the ledger ends the same.

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

/** Purchases at once. */
const AT_ONCE = 6

/** Orders of each list of events; all of them in the long form. That each order gives the same facts, a unit test checks. */
const ORDERS = 24

type Wire = ReturnType<LotkeeperWithStripe['stripe']['event']>

/** Pays at Stripe. @returns the events of the payment, each with the state at its time */
type Story = (bought: StripePurchase) => Wire[]

const stories: Record<string, Story> = {
  'paid, told twice, a part refunded, a dispute won': bought => {
    const { stripe } = run
    const charge = bought.pay()
    const paid = stripe.event('checkout.session.completed', bought.session)
    const again = stripe.event('charge.succeeded', charge)
    stripe.payments.refundFromDashboard(charge, 2475)
    const refunded = stripe.event('charge.refunded', charge)
    const dispute = stripe.payments.dispute(charge, 5000)
    const opened = stripe.event('charge.dispute.created', dispute)
    stripe.payments.closeDispute(dispute, 'won')
    return [paid, again, refunded, opened, stripe.event('charge.dispute.closed', dispute)]
  },
  'promised, then paid, then all refunded in two parts': bought => {
    const { stripe } = run
    stripe.payments.pay(bought.session, { later: true })
    const promised = stripe.event('checkout.session.completed', bought.session)
    const charge = bought.pay()
    const paid = stripe.event('checkout.session.async_payment_succeeded', bought.session)
    stripe.payments.refundFromDashboard(charge, 4950)
    const half = stripe.event('charge.refunded', charge)
    stripe.payments.refundFromDashboard(charge, 4950)
    return [promised, paid, half, stripe.event('charge.refunded', charge)]
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

/** Each order is a purchase with ten webhooks. */
const LONG_MS = 300_000

it.each(Object.entries(stories))(
  `any order of the events, each repeated (seed ${seed}): %s`,
  async (_what, story) => {
    const ends = new Set<string>()
    const all = permutations([...story(await order(run, 'kvidai', { pack: 'credits' })).keys()])
    const orders = pickRandom(all, randomFrom(seed), ORDERS)
    const live = async (sequence: number[]) => {
      const bought = await order(run, 'kvidai', { pack: 'credits' })
      const events = story(bought)
      for (const n of sequence) {
        const event = events[n] ?? {}
        await Promise.all([run.deliver(event, { product: 'kvidai' }), run.deliver(event, { product: 'kvidai' })])
      }
      ends.add(JSON.stringify(await ending(bought)))
    }
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = orders.pop(); next; next = orders.pop()) await live(next)
      }),
    )
    expect([...ends]).toHaveLength(1)
    expect([...ends][0]).toContain('"granted":100')
  },
  LONG_MS,
)

/** The ledger's record of a purchase, without ids and times. */
async function ending(bought: StripePurchase) {
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
