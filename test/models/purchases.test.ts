import fc from 'fast-check'
import { caseCount, repetitions, seed } from '../support/run/servers.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, type StripePurchase } from '../support/stand-ins/stripe-purchase.ts'
import { AMOUNT, CREDITS, type PaymentState, PurchaseModel } from './purchase-model.ts'

// Random payments, refunds and disputes, whose events are late, repeated, reordered or lost and polled. Credits, debt and
// money match the model after every step, and a won dispute restores exactly the credits that it revoked.

const RUNS = caseCount(repetitions(20, 1_000))
/** Sequences in parallel, since each mostly waits for round trips. */
const LANES = 4

let run: LotkeeperWithStripe
let eventCount = 0

beforeAll(async () => {
  run = await startLotkeeperWithStripe({ DATABASE_POOL: '20' })
})
afterAll(() => run?.stop())

/** An event of Stripe, in its wire format and for the model. It may arrive repeatedly. */
type Event = { wire: ReturnType<LotkeeperWithStripe['stripe']['event']>; content: Partial<PaymentState> }

type Real = StripePurchase & { charge: string; disputes: string[]; events: Event[] }
type Step = fc.AsyncCommand<PurchaseModel, Real>

function step(
  description: string,
  runStep: (model: PurchaseModel, real: Real) => unknown,
  isPossible: (model: PurchaseModel) => boolean = () => true,
): Step {
  return {
    check: model => isPossible(model as PurchaseModel),
    run: async (model, real) => {
      await runStep(model, real)
      await expectSame(model, real)
    },
    toString: () => description,
  }
}

async function expectSame(model: PurchaseModel, real: Real): Promise<void> {
  const [shown, { available, debt }] = await Promise.all([real.show(), real.time.balance()])
  expect({ available, debt }).toEqual({ available: model.purchased + model.promotional, debt: model.debt })
  expect(modelState(shown.state)).toBe(model.state())
  const lots = shown.lots.map((lot: Record<string, number>) => [lot.granted, lot.available, lot.spent])
  expect(lots).toEqual(model.granted ? [[CREDITS, model.purchased, model.spentOfPurchased]] : [])
}

/** The state in the model, which does not know whether missing credits were reported. */
function modelState(state: string): string {
  if (state === 'fulfilled' || state === 'reissued') return 'granted'
  return state === 'disputed' || state === 'refunded' ? state : 'open'
}

/** Adds an event of Stripe, which may be delivered later or never. */
function addEvent({ events }: Real, type: string, objectId: string, content: Partial<PaymentState>): void {
  events.push({ wire: run.stripe.event(type, objectId), content: structuredClone(content) })
}

const pay = step(
  'pay',
  (model, real) => {
    real.charge = real.pay()
    model.money.paid = true
    addEvent(real, 'checkout.session.completed', real.session, { paid: true })
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
      addEvent(real, 'charge.refunded', real.charge, { paid: true, refunded: money.refunded })
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
      addDisputeEvent(money, real, id, 'charge.dispute.created')
    },
    ({ money }) => money.paid && Object.keys(money.disputes).length < 2,
  )

const closeDispute = (index: number, status: 'won' | 'lost') =>
  step(
    `dispute ${index} is ${status}`,
    ({ money }, real) => {
      const id = real.disputes[index] ?? ''
      const known = money.disputes[id]
      if (!known || known.status === 'won') return
      run.stripe.payments.closeDispute(id, status)
      known.status = status
      addDisputeEvent(money, real, id, 'charge.dispute.closed')
    },
    ({ money }) => Object.keys(money.disputes).length > index,
  )

function addDisputeEvent({ disputes }: PaymentState, real: Real, id: string, type: string): void {
  addEvent(real, type, id, { disputes: { [id]: disputes[id] as PaymentState['disputes'][string] } })
}

const deliverEvent = (index: number, copies: number) =>
  step(`event ${index} is delivered, ${copies} times at once`, async (model, { events }) => {
    const event = events[index % events.length]
    if (!event) return
    await deliver(event, copies)
    model.applyEvent(event.content)
  })

async function deliver({ wire }: Event, copies = 1): Promise<void> {
  eventCount += copies
  await Promise.all(Array.from({ length: copies }, () => run.deliver(wire, { product: 'kvidai' })))
}

const reportMissing = step('the customer reports missing credits', async (model, real) => {
  expect((await real.post('missing')).status).toBe(200)
  model.applyEvent(model.money)
})

const reissue = step('support reissues', async (model, real) => {
  expect((await real.post('reissue')).status).toBe(model.reissue() ? 200 : 422)
})

const refund = step('support refunds', async (model, real) => {
  const { status, body } = await real.post('refund', { reason: 'test' })
  const before = model.money.refunded
  const expected = model.refund()
  expect(status === 200 ? refundedAmount(real.charge) - before : body.code).toBe(expected)
  if (typeof expected === 'number' && expected > 0)
    addEvent(real, 'charge.refunded', real.charge, { paid: true, refunded: model.money.refunded })
})

function refundedAmount(charge: string): number {
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
/** The promotional credits of the first day expire on day 90. */
const LAST_DAY = 80

const advance = (days: number) =>
  step(
    `${days} days later`,
    async (model, { time }) => {
      await time.advance(new Date(FIRST_DAY + (model.now + days) * 86_400_000).toISOString())
      model.advance(days)
    },
    model => model.now + days < LAST_DAY,
  )

const quarters = fc.integer({ min: 1, max: 4 })
const eventIndex = fc.nat({ max: 11 })
const steps: fc.Arbitrary<Step>[] = [
  // Most purchases are paid, since unpaid ones have few events.
  ...Array.from({ length: 4 }, () => fc.constant(pay)),
  quarters.map(refundFromDashboard),
  quarters.map(dispute),
  fc.tuple(fc.nat({ max: 1 }), fc.constantFrom('won' as const, 'lost' as const)).map(args => closeDispute(...args)),
  fc.tuple(eventIndex, fc.constantFrom(1, 1, 2)).map(args => deliverEvent(...args)),
  fc.tuple(eventIndex, fc.constantFrom(1, 1, 2)).map(args => deliverEvent(...args)),
  fc.tuple(eventIndex, fc.constantFrom(1, 1, 2)).map(args => deliverEvent(...args)),
  fc.constant(reportMissing),
  fc.constant(reissue),
  fc.constant(refund),
  fc.integer({ min: 1, max: 70 }).map(spend),
  fc.integer({ min: 1, max: 40 }).map(grant),
  fc.constantFrom(1, 8).map(advance),
]

/** Delivers all events. With every dispute won and no refund, all credits are there. */
async function expectFinalState(model: PurchaseModel, real: Real): Promise<void> {
  for (const event of real.events) {
    await deliver(event)
    model.applyEvent(event.content)
  }
  await expectSame(model, real)
  const { money } = model
  if (!money.paid) return
  expect(refundedAmount(real.charge)).toBe(money.refunded)
  expect(money.refunded).toBeLessThanOrEqual(AMOUNT)
  if (money.refunded > 0 || Object.values(money.disputes).some(({ status }) => status !== 'won')) return
  expect(await real.time.balance()).toMatchObject({ debt: 0 })
  expect((await real.show()).lots).toMatchObject([{ available: CREDITS - model.spentOfPurchased, revoked: 0 }])
}

jest.setTimeout(repetitions(120_000, 1_800_000))

it(`any sequence of payments and refunds matches the model: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 16, size: 'max' }), async commands => {
        const purchase = await order(run, 'kvidai', { pack: 'credits' })
        const real: Real = { ...purchase, charge: '', disputes: [], events: [] }
        const model = new PurchaseModel()
        await fc.asyncModelRun(() => ({ model, real }), commands)
        await expectFinalState(model, real)
      }),
      { numRuns: Math.ceil(RUNS / LANES), seed: seed + number },
    )
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  console.info(`seed ${seed}: ${RUNS} sequences, ${eventCount} events`)
})
