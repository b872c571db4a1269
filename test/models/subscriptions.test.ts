import fc from 'fast-check'
import { caseCount, repetitions, seed } from '../support/run/servers.ts'
import {
  type LotkeeperWithStripe,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
} from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { waitFor } from '../support/wait-for.ts'

// Months of a subscription at Stripe that are paid in time, late or never, with announced changes that nobody pays. Whatever
// the order and number of its events: each paid month is granted once.

const RUNS = caseCount(repetitions(8, 250))
const LANES = 8

/** How a month is paid: as it begins, two days late, or not at all. */
type Month = { paid: 'in time' | 'late' | 'never'; announced: boolean; order: number[]; together: number[] }

const month = fc.record<Month>({
  paid: fc.constantFrom('in time' as const, 'in time' as const, 'late' as const, 'never' as const),
  announced: fc.boolean(),
  order: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  together: fc.array(fc.constantFrom(1, 2, 3), { minLength: 12, maxLength: 12 }),
})

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())
jest.setTimeout(repetitions(180_000, 3_600_000))

const start = (n: number) => `2026-${String(n + 1).padStart(2, '0')}-10T00:00:00.000Z`
const afterGrace = (n: number) => start(n).replace('-10T', '-12T')

/** The events of an invoice: in the present shape, in that of API versions before 2025, and of a connected account. */
function eventsOf(type: string, subscription: string, invoice: string): object[] {
  const { stripe } = run
  const old = { id: invoice, object: 'invoice', subscription }
  return [
    stripe.event(type, invoice),
    stripe.event(type, invoice, { data: { object: old } }),
    stripe.event(type, invoice, { account: 'acct_1' }),
    stripe.event('customer.subscription.updated', subscription),
  ]
}

async function deliver(events: object[], { order, together }: Month): Promise<void> {
  const shuffled = [...events, ...events]
    .map((event, i) => [order[i] ?? 0, event] as const)
    .sort(([a], [b]) => a - b)
    .map(([, event]) => event)
  for (let i = 0, n = 0; i < shuffled.length; n++) {
    const size = together[n] ?? 1
    await Promise.all(shuffled.slice(i, i + size).map(event => run.deliver(event)))
    i += size
  }
}

async function play(months: Month[]): Promise<void> {
  const { time, id } = await subscribed(run)
  const { stripe } = run
  let paid = 0
  for (const [n, each] of months.entries()) {
    // The first month starts the membership, so it is paid.
    const how = n === 0 ? 'in time' : each.paid
    if (n > 0) await time.advance(start(n))
    const invoice = stripe.invoice(id, start(n), start(n + 1), { status: how === 'in time' ? 'paid' : 'open' })
    await deliver(eventsOf(how === 'in time' ? 'invoice.paid' : 'invoice.payment_failed', id, invoice), each)
    if (n > 0) await time.advance(afterGrace(n))
    if (each.announced) {
      stripe.change(id, { quantity: 3 })
      const change = stripe.invoice(id, afterGrace(n), start(n + 1), { status: 'open', proration: true })
      await deliver(eventsOf('customer.subscription.updated', id, change), each)
      stripe.change(id, { quantity: 1 })
    }
    if (how === 'late') {
      stripe.settle(invoice)
      await deliver(eventsOf('invoice.paid', id, invoice), each)
    }
    if (how !== 'never') paid++
    const lots = await waitFor(
      `${paid} grants`,
      () => time.lots(),
      found => found.length === paid,
    )
    expect(lots.every(lot => lot.startsWith('100 subscription'))).toBe(true)
  }
  expect(await membershipsOf(time)).toHaveLength(1)
}

it(`each paid month is granted once: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(fc.asyncProperty(fc.array(month, { minLength: 1, maxLength: 4 }), play), {
      numRuns: Math.ceil(RUNS / LANES),
      seed: seed + number,
      endOnFailure: true,
    })
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
})
