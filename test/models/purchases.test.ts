import fc from 'fast-check'
import { caseCount, repetitions, seed } from '../support/run/servers.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, type StripePurchase } from '../support/stand-ins/stripe-purchase.ts'
import { AMOUNT, CREDITS, type Money, PurchaseModel } from './purchase-model.ts'

// Payments, refunds and disputes whose events are late, repeated, reordered or only found by polling: credits, debt and
// money match the model after every step, and a won dispute restores exactly what it revoked.

const RUNS = caseCount(repetitions(20, 1_000))
/** Sequences in parallel, since each mostly waits for round trips. */
const LANES = 4

let run: LotkeeperWithStripe
let told = 0

beforeAll(async () => {
  run = await startLotkeeperWithStripe({ DATABASE_POOL: '20' })
})
afterAll(() => run?.stop())

/** Events sent by Stripe, in its wire format and in the model's. Each may arrive again. */
type Event = { wire: ReturnType<LotkeeperWithStripe['stripe']['event']>; news: Partial<Money> }

type Real = StripePurchase & { charge: string; disputes: string[]; events: Event[] }
type Step = fc.AsyncCommand<PurchaseModel, Real>

function step(
  words: string,
  play: (model: PurchaseModel, real: Real) => unknown,
  possible: (model: PurchaseModel) => boolean = () => true,
): Step {
  return {
    check: model => possible(model as PurchaseModel),
    run: async (model, real) => {
      await play(model, real)
      await expectSame(model, real)
    },
    toString: () => words,
  }
}

async function expectSame(model: PurchaseModel, real: Real): Promise<void> {
  const [shown, { available, debt }] = await Promise.all([real.show(), real.time.balance()])
  expect({ available, debt }).toEqual({ available: model.bought + model.promotional, debt: model.debt })
  expect(simply(shown.state)).toBe(model.state())
  const lots = shown.lots.map((lot: Record<string, number>) => [lot.granted, lot.available, lot.spent])
  expect(lots).toEqual(model.given ? [[CREDITS, model.bought, model.spentOfBought]] : [])
}

/** The model does not know whether missing credits were reported. */
function simply(state: string): string {
  if (state === 'fulfilled' || state === 'reissued') return 'given'
  return state === 'disputed' || state === 'refunded' ? state : 'open'
}

/** Stripe sends an event, which may arrive at any time or never. */
function tell({ events }: Real, type: string, about: string, news: Partial<Money>): void {
  events.push({ wire: run.stripe.event(type, about), news: structuredClone(news) })
}

const pay = step(
  'pay',
  (model, real) => {
    real.charge = real.pay()
    model.money.paid = true
    tell(real, 'checkout.session.completed', real.session, { paid: true })
  },
  model => !model.money.paid,
)

const refundFromDashboard = (quarters: number) =>
  step(
    `Stripe refunds ${quarters} quarters`,
    ({ money }, real) => {
      const amount = Math.min((AMOUNT / 4) * quarters, AMOUNT - money.refunded)
      run.stripe.payments.refundFromDashboard(real.charge, amount)
      money.refunded += amount
      tell(real, 'charge.refunded', real.charge, { paid: true, refunded: money.refunded })
    },
    ({ money }) => money.paid && money.refunded < AMOUNT,
  )

const dispute = (quarters: number) =>
  step(
    `dispute ${quarters} quarters`,
    ({ money }, real) => {
      const amount = (AMOUNT / 4) * quarters
      const id = run.stripe.payments.dispute(real.charge, amount)
      real.disputes.push(id)
      money.disputes[id] = { amount, status: 'open' }
      tellOfDispute(money, real, id, 'charge.dispute.created')
    },
    ({ money }) => money.paid && Object.keys(money.disputes).length < 2,
  )

const closeDispute = (which: number, status: 'won' | 'lost') =>
  step(
    `dispute ${which} is ${status}`,
    ({ money }, real) => {
      const id = real.disputes[which] ?? ''
      const known = money.disputes[id]
      if (!known || known.status === 'won') return
      run.stripe.payments.closeDispute(id, status)
      known.status = status
      tellOfDispute(money, real, id, 'charge.dispute.closed')
    },
    ({ money }) => Object.keys(money.disputes).length > which,
  )

function tellOfDispute({ disputes }: Money, real: Real, id: string, type: string): void {
  tell(real, type, id, { disputes: { [id]: disputes[id] as Money['disputes'][string] } })
}

const hear = (which: number, atOnce: number) =>
  step(`event ${which} comes, ${atOnce} at once`, async (model, { events }) => {
    const event = events[which % events.length]
    if (!event) return
    await deliver(event, atOnce)
    model.hear(event.news)
  })

async function deliver({ wire }: Event, atOnce = 1): Promise<void> {
  told += atOnce
  await Promise.all(Array.from({ length: atOnce }, () => run.deliver(wire, { product: 'kvidai' })))
}

const missing = step('the customer misses them', async (model, real) => {
  expect((await real.post('missing')).status).toBe(200)
  model.hear(model.money)
})

const reissue = step('support reissues', async (model, real) => {
  expect((await real.post('reissue')).status).toBe(model.reissue() ? 200 : 422)
})

const refund = step('support refunds', async (model, real) => {
  const { status, body } = await real.post('refund', { reason: 'test' })
  const before = model.money.refunded
  const said = model.refund()
  expect(status === 200 ? paidBack(real.charge) - before : body.code).toBe(said)
  if (typeof said === 'number' && said > 0)
    tell(real, 'charge.refunded', real.charge, { paid: true, refunded: model.money.refunded })
})

function paidBack(charge: string): number {
  return run.stripe.payments
    .refunds()
    .filter(refund => refund.charge === charge)
    .reduce((sum, { amount }) => sum + amount, 0)
}

const spend = (outputs: number) =>
  step(`spend ${outputs}`, async (model, { caller, time }) => {
    const { status } = await caller.post(`${time.path}/charges`, { operation: 'text', outputs })
    expect(status).toBe(model.spend(outputs) ? 201 : 402)
  })

const grant = (amount: number) =>
  step(`grant ${amount}`, async (model, { time }) => {
    await time.grant('promotional', amount)
    model.grant(amount)
  })

const FIRST_DAY = Date.parse('2027-01-31T09:00:00.000Z')
/** Promotional credits of the first day live for ninety. */
const LAST_DAY = 80

const pass = (days: number) =>
  step(
    `${days} days pass`,
    async (model, { time }) => {
      await time.advance(new Date(FIRST_DAY + (model.now + days) * 86_400_000).toISOString())
      model.pass(days)
    },
    model => model.now + days < LAST_DAY,
  )

const quarters = fc.integer({ min: 1, max: 4 })
const any = fc.nat({ max: 11 })
const steps: fc.Arbitrary<Step>[] = [
  // Most purchases are paid, since unpaid ones have few events.
  ...Array.from({ length: 4 }, () => fc.constant(pay)),
  quarters.map(refundFromDashboard),
  quarters.map(dispute),
  fc.tuple(fc.nat({ max: 1 }), fc.constantFrom('won' as const, 'lost' as const)).map(args => closeDispute(...args)),
  fc.tuple(any, fc.constantFrom(1, 1, 2)).map(args => hear(...args)),
  fc.tuple(any, fc.constantFrom(1, 1, 2)).map(args => hear(...args)),
  fc.tuple(any, fc.constantFrom(1, 1, 2)).map(args => hear(...args)),
  fc.constant(missing),
  fc.constant(reissue),
  fc.constant(refund),
  fc.integer({ min: 1, max: 70 }).map(spend),
  fc.integer({ min: 1, max: 40 }).map(grant),
  fc.constantFrom(1, 8).map(pass),
]

/** All events arrive. With every dispute won and no refund, nothing is missing. */
async function expectEnd(model: PurchaseModel, real: Real): Promise<void> {
  for (const event of real.events) {
    await deliver(event)
    model.hear(event.news)
  }
  await expectSame(model, real)
  const { money } = model
  if (!money.paid) return
  expect(paidBack(real.charge)).toBe(money.refunded)
  expect(money.refunded).toBeLessThanOrEqual(AMOUNT)
  if (money.refunded > 0 || Object.values(money.disputes).some(({ status }) => status !== 'won')) return
  expect(await real.time.balance()).toMatchObject({ debt: 0 })
  expect((await real.show()).lots).toMatchObject([{ available: CREDITS - model.spentOfBought, revoked: 0 }])
}

jest.setTimeout(repetitions(120_000, 1_800_000))

it(`any sequence of payments and refunds matches the model: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 16, size: 'max' }), async commands => {
        const bought = await order(run, 'kvidai', { pack: 'credits' })
        const real: Real = { ...bought, charge: '', disputes: [], events: [] }
        const model = new PurchaseModel()
        await fc.asyncModelRun(() => ({ model, real }), commands)
        await expectEnd(model, real)
      }),
      { numRuns: Math.ceil(RUNS / LANES), seed: seed + number },
    )
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  console.info(`seed ${seed}: ${RUNS} sequences, ${told} events`)
})
