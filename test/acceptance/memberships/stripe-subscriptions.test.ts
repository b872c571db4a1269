import { randomUUID } from 'node:crypto'
import { createTestAccount } from '../../support/clients/test-account.ts'
import {
  APR,
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import type { StripeStandIn } from '../../support/stand-ins/stripe.ts'

let run: LotkeeperWithStripe
let stripe: StripeStandIn

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  stripe = run.stripe
})
afterEach(() => stripe.setDown(false))
afterAll(() => run?.stop())

const deliverEvent = (type: string, objectId: string) => run.deliver(stripe.event(type, objectId))

async function attention(membership: string): Promise<{ raised: boolean; running: boolean }> {
  const { typedSearchAttributes, status } = await run.lotkeeper.temporal.workflow
    .getHandle(`membership/x-design/${membership}`)
    .describe()
  const [raised] = typedSearchAttributes.getAll().filter(({ key }) => key.name === 'NeedsAttention')
  return { raised: raised?.value === true, running: status.name === 'RUNNING' }
}

it('a subscription from its beginning to its end', async () => {
  const { time, id } = await subscribed(run)
  await deliverEvent('customer.subscription.created', id)
  expect(await membershipsOf(time)).toEqual([])

  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB, { reason: 'subscription_create' }))
  const [first] = await membershipsOf(time)
  expect(first).toMatchObject({
    provider: 'stripe',
    external_id: id,
    state: 'active',
    anchor: JAN,
    paid_through: FEB,
  })
  expect(await time.lots()).toEqual(['100 subscription 2026-01-10 → never'])

  await time.advance('2026-02-09T23:59:59.000Z')
  await deliverEvent('invoice.paid', stripe.invoice(id, FEB, MAR))
  await time.advance('2026-02-20T00:00:00.000Z')
  expect(await time.lots()).toHaveLength(2)

  stripe.change(id, { quantity: 3 })
  const more = stripe.invoice(id, '2026-02-20T00:00:00.000Z', MAR, { status: 'open', proration: true })
  await deliverEvent('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ slots: 1, paid_through: MAR })
  stripe.settle(more)
  await deliverEvent('invoice.paid', more)
  expect((await membershipsOf(time))[0]).toMatchObject({ slots: 3, paid_through: MAR })

  stripe.change(id, { status: 'past_due' })
  const open = stripe.invoice(id, MAR, APR, { status: 'open' })
  await time.advance('2026-03-12T00:00:00.000Z')
  await deliverEvent('invoice.payment_failed', open)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed', paid_through: MAR })
  expect(await time.balance()).toMatchObject({ available: 0, frozen: 200 })

  stripe.settle(open)
  stripe.change(id, { status: 'active' })
  await deliverEvent('invoice.paid', open)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: APR, anchor: JAN })
  expect((await time.lots()).at(-1)).toBe('100 subscription 2026-03-10 → never')

  stripe.change(id, { status: 'paused' })
  await deliverEvent('customer.subscription.paused', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed' })
  expect(await time.balance()).toMatchObject({ available: 0, frozen: 300 })

  stripe.change(id, { status: 'active' })
  await deliverEvent('customer.subscription.resumed', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: APR })
  expect(await time.balance()).toMatchObject({ available: 300, frozen: 0 })

  await time.advance('2026-03-20T00:00:00.000Z')
  stripe.change(id, { status: 'canceled', ended_at: Date.parse('2026-03-20T00:00:00Z') / 1000 })
  await deliverEvent('customer.subscription.deleted', id)
  const [last] = await membershipsOf(time)
  expect(last).toMatchObject({ id: first.id, state: 'ended' })
  expect(last.history.map(({ what }: { what: string }) => what)).toEqual([
    'opened',
    'granted',
    'renewed',
    'granted',
    'changed',
    'past_due',
    'lapsed',
    'reactivated',
    'granted',
    'lapsed',
    'reactivated',
    'ended',
  ])
  expect(await attention(first.id)).toEqual({ raised: false, running: false })
})

it('two pauses with equal events both stop the membership', async () => {
  const { time, id } = await subscribed(run)
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  for (const [status, state] of [
    ['paused', 'lapsed'],
    ['active', 'active'],
    ['paused', 'lapsed'],
    ['active', 'active'],
  ] as const) {
    stripe.change(id, { status })
    await deliverEvent('customer.subscription.updated', id)
    expect((await membershipsOf(time))[0]).toMatchObject({ state })
  }
  expect(await time.lots()).toHaveLength(1)
})

it('XD-09 a renewal that Stripe finalizes an hour late interrupts nothing; after a day the credits freeze', async () => {
  const { time, id } = await subscribed(run)
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  await time.advance('2026-02-10T00:59:59.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'past_due', paid_through: FEB })
  expect(await time.balance()).toMatchObject({ available: 100, frozen: 0 })
  await deliverEvent('invoice.paid', stripe.invoice(id, FEB, MAR))
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: MAR, anchor: JAN })
  expect(await time.entries()).toEqual([
    '2026-01-10 100 subscription: issued → available',
    '2026-02-10 100 subscription: issued → available',
  ])
  await time.advance('2026-03-10T23:59:59.000Z')
  expect(await time.balance()).toMatchObject({ available: 200, frozen: 0 })
  await time.advance('2026-03-11T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed' })
  expect(await time.balance()).toMatchObject({ available: 0, frozen: 200 })
})

it('a trial lasts as long as Stripe says, and converts when it is paid', async () => {
  const time = await createTestAccount(run.design, JAN)
  const id = stripe.subscribe({
    metadata: { account: accountOf(time) },
    start: JAN,
    end: '2026-01-24T00:00:00.000Z',
    trial_end: '2026-01-24T00:00:00.000Z',
  })
  await deliverEvent('customer.subscription.created', id)
  expect((await membershipsOf(time))[0]).toMatchObject({
    state: 'trialing',
    paid_through: '2026-01-24T00:00:00.000Z',
  })
  stripe.change(id, { status: 'active' })
  stripe.invoice(id, '2026-01-24T00:00:00.000Z', '2026-02-24T00:00:00.000Z')
  await time.advance('2026-01-25T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({
    state: 'active',
    anchor: '2026-01-24T00:00:00.000Z',
  })
  expect(await time.lots()).toEqual(['20 trial 2026-01-10 → 2026-01-24', '100 subscription 2026-01-24 → never'])
})

it('a subscription without metadata belongs to the account of its customer, and a proration pays for no period', async () => {
  const customer = `cus_${randomUUID()}`
  const time = await createTestAccount(run.design, JAN, { stripe_customer: customer })
  const id = stripe.subscribe({ customer, start: JAN, end: FEB })
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  await deliverEvent('invoice.paid', stripe.invoice(id, FEB, MAR, { proration: true, reason: 'subscription_update' }))
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: FEB })
})

it('a payment before the account names its customer is applied when it does', async () => {
  const customer = `cus_${randomUUID()}`
  const time = await createTestAccount(run.design, JAN)
  const id = stripe.subscribe({ customer, start: JAN, end: FEB })
  await deliverEvent('customer.subscription.created', id)
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  expect(await membershipsOf(time)).toEqual([])
  stripe.setDown(true)
  const put = () => run.design.put(time.path, { stripe_customer: customer })
  expect(await put()).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } })
  stripe.setDown(false)
  expect(await put()).toMatchObject({
    status: 200,
    body: { memberships: [{ external_id: id, state: 'active', paid_through: FEB }] },
  })
  const requestsBefore = stripe.requestCount()
  expect(await put()).toMatchObject({ status: 200 })
  expect(stripe.requestCount()).toBe(requestsBefore)
  expect(await time.entries()).toEqual(['2026-01-10 100 subscription: issued → available'])
})

it('two concurrent first events start one membership', async () => {
  const { time, id } = await subscribed(run)
  const invoice = stripe.invoice(id, JAN, FEB)
  const events = ['customer.subscription.created', 'customer.subscription.updated'].map(type => stripe.event(type, id))
  const answers = await Promise.all([...events, stripe.event('invoice.paid', invoice)].map(event => run.send(event)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await membershipsOf(time)).toHaveLength(1)
  expect(await time.lots()).toHaveLength(1)
})

it('a payment for an unknown plan is applied once the plan is known', async () => {
  const time = await createTestAccount(run.design, JAN)
  const id = stripe.subscribe({ plan: 'typo', metadata: { account: accountOf(time) }, start: JAN, end: FEB })
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  expect(await membershipsOf(time)).toEqual([])
  stripe.change(id, { metadata: { account: accountOf(time), plan: 'member' } })
  await deliverEvent('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', plan: 'member' })
})

it('events of a subscription apply to the membership that the product started for it', async () => {
  const time = await createTestAccount(run.design, JAN)
  const id = stripe.subscribe({ start: JAN, end: FEB })
  const body = { plan: 'member', provider: 'stripe', external_id: id }
  const early = await run.design.post(`${time.path}/memberships`, body)
  expect(early).toMatchObject({ status: 422, body: { errors: [{ path: 'external_id' }] } })
  const paid = stripe.invoice(id, JAN, FEB)
  const started = await time.join(body)
  expect(started).toMatchObject({ provider: 'stripe', external_id: id, state: 'active', paid_through: FEB })
  expect(await time.join(body)).toMatchObject({ id: started.id })
  await deliverEvent('invoice.paid', paid)
  expect(await membershipsOf(time)).toHaveLength(1)
  const other = await createTestAccount(run.design, JAN)
  expect(await run.design.post(`${other.path}/memberships`, body)).toMatchObject({ status: 422 })
})

it('BR-01 a subscription of the 31st that is imported in March keeps its day, with one grant for each payment', async () => {
  const [january, february, march, april] = ['01-31', '02-28', '03-31', '04-30'].map(day => `2027-${day}T10:00:00.000Z`)
  if (!january || !february || !march || !april) throw new Error('no dates')
  const account = await createTestAccount(run.design, '2027-03-01T00:00:00.000Z')
  const metadata = { account: accountOf(account) }
  const id = stripe.subscribe({ metadata, start: february, end: march, anchor: january })
  stripe.invoice(id, january, february)
  await deliverEvent('invoice.paid', stripe.invoice(id, february, march))
  await account.advance('2027-03-30T00:00:00.000Z')
  stripe.invoice(id, march, april)
  await account.advance('2027-04-29T00:00:00.000Z')
  expect(await account.lots()).toEqual([
    '100 subscription 2027-02-28T10:00:00 → never',
    '100 subscription 2027-03-31T10:00:00 → never',
  ])
})

it("a renewal is found on the second page of an invoice's lines", async () => {
  const { time, id } = await subscribed(run)
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  await time.advance('2026-02-09T23:59:59.000Z')
  await deliverEvent('invoice.paid', stripe.invoice(id, FEB, MAR, { linesBefore: 120 }))
  await time.advance('2026-02-20T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: MAR })
  expect(await time.lots()).toHaveLength(2)
})

it('an unpaid upgrade grants nothing', async () => {
  const { time, id } = await subscribed(run)
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  stripe.change(id, { quantity: 30, status: 'past_due' })
  stripe.invoice(id, '2026-01-20T00:00:00.000Z', FEB, { status: 'open', proration: true })
  await time.advance('2026-01-20T00:00:00.000Z')
  await deliverEvent('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ slots: 1 })
  expect(await time.lots()).toEqual(['100 subscription 2026-01-10 → never'])
})
