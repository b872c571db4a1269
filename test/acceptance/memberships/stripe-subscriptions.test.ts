import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { startTimeline, type Timeline } from '../../support/clients/timeline.ts'
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

const tell = (type: string, about: string) => run.deliver(stripe.event(type, about))

/** All that the account's book says, without the ids. */
async function ledgerOf(time: Timeline): Promise<string> {
  const [{ id: _, account: __, external_id: ___, ...membership }, ...others] = await membershipsOf(time)
  expect(others).toEqual([])
  return JSON.stringify([await time.moves(), await time.lots(), membership])
}

async function attention(membership: string): Promise<{ raised: boolean; running: boolean }> {
  const connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
  const { typedSearchAttributes, status } = await new Client({ connection }).workflow
    .getHandle(`membership/x-design/${membership}`)
    .describe()
  await connection.close()
  const [raised] = typedSearchAttributes.getAll().filter(({ key }) => key.name === 'NeedsAttention')
  return { raised: raised?.value === true, running: status.name === 'RUNNING' }
}

/** What an operator reads in the Temporal UI. */
async function details(membership: string): Promise<string> {
  const connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
  const handle = new Client({ connection }).workflow.getHandle(`membership/x-design/${membership}`)
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  await connection.close()
  return currentDetails
}

it('a subscription from its beginning to its end', async () => {
  const { time, id } = await subscribed(run)
  await tell('customer.subscription.created', id)
  expect(await membershipsOf(time)).toEqual([])

  await tell('invoice.paid', stripe.invoice(id, JAN, FEB, { reason: 'subscription_create' }))
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
  await tell('invoice.paid', stripe.invoice(id, FEB, MAR))
  await time.advance('2026-02-20T00:00:00.000Z')
  expect(await time.lots()).toHaveLength(2)

  stripe.change(id, { quantity: 3 })
  const more = stripe.invoice(id, '2026-02-20T00:00:00.000Z', MAR, { status: 'open', proration: true })
  await tell('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ slots: 1, paid_through: MAR })
  stripe.settle(more)
  await tell('invoice.paid', more)
  expect((await membershipsOf(time))[0]).toMatchObject({ slots: 3, paid_through: MAR })

  stripe.change(id, { status: 'past_due' })
  const open = stripe.invoice(id, MAR, APR, { status: 'open' })
  await time.advance('2026-03-12T00:00:00.000Z')
  await tell('invoice.payment_failed', open)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed', paid_through: MAR })
  expect(await time.balance()).toMatchObject({ available: 0, frozen: 200 })

  stripe.settle(open)
  stripe.change(id, { status: 'active' })
  await tell('invoice.paid', open)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: APR, anchor: JAN })
  expect((await time.lots()).at(-1)).toBe('100 subscription 2026-03-10 → never')

  stripe.change(id, { status: 'paused' })
  await tell('customer.subscription.paused', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed' })
  expect(await time.balance()).toMatchObject({ available: 0, frozen: 300 })

  stripe.change(id, { status: 'active' })
  await tell('customer.subscription.resumed', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: APR })
  expect(await time.balance()).toMatchObject({ available: 300, frozen: 0 })

  await time.advance('2026-03-20T00:00:00.000Z')
  stripe.change(id, { status: 'canceled', ended_at: Date.parse('2026-03-20T00:00:00Z') / 1000 })
  await tell('customer.subscription.deleted', id)
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

it('every order of the events, each repeated, leads to the same ledger', async () => {
  const books = await Promise.all(
    permutations([0, 1, 2, 3]).map(async order => {
      const { time, id } = await subscribed(run)
      const events = [
        stripe.event('customer.subscription.created', id),
        stripe.event('invoice.paid', stripe.invoice(id, JAN, FEB, { reason: 'subscription_create' })),
        stripe.event('invoice.paid', stripe.invoice(id, FEB, MAR)),
      ]
      stripe.change(id, { quantity: 2 })
      events.push(stripe.event('customer.subscription.updated', id))
      await time.advance('2026-02-15T00:00:00.000Z')
      for (const n of order) {
        const event = events[n] ?? {}
        await Promise.all([run.deliver(event), run.deliver(event)])
        await run.deliver(event)
      }
      return ledgerOf(time)
    }),
  )
  expect([...new Set(books)]).toHaveLength(1)
  expect(books[0]).toContain('2026-02-10 100 subscription: issued → available')
})

it('whichever events are lost, the last one leads to the same credits', async () => {
  const lots = await Promise.all(
    Array.from({ length: 2 ** 5 }, async (_, mask) => {
      const { time, id } = await subscribed(run)
      let n = 0
      const heard = (type: string, about: string) => (mask & (1 << n++) ? tell(type, about) : undefined)
      await heard('customer.subscription.created', id)
      await heard('invoice.paid', stripe.invoice(id, JAN, FEB))
      await time.advance('2026-02-09T00:00:00.000Z')
      await heard('invoice.paid', stripe.invoice(id, FEB, MAR))
      const open = stripe.invoice(id, MAR, APR, { status: 'open' })
      stripe.change(id, { status: 'past_due' })
      await time.advance('2026-03-12T00:00:00.000Z')
      await heard('invoice.payment_failed', open)
      stripe.settle(open)
      stripe.change(id, { status: 'active' })
      await heard('invoice.paid', open)
      await time.advance('2026-03-20T00:00:00.000Z')
      stripe.change(id, { status: 'canceled', ended_at: Date.parse('2026-03-20T00:00:00Z') / 1000 })
      await tell('customer.subscription.deleted', id)
      const [{ state, lapsed_at }] = await membershipsOf(time)
      return JSON.stringify([state, lapsed_at, (await time.balance()).frozen, await time.lots()])
    }),
  )
  expect([...new Set(lots)]).toHaveLength(1)
  expect(JSON.parse(lots[0] ?? '')).toEqual([
    'ended',
    null,
    300,
    ['01', '02', '03'].map(month => `100 subscription 2026-${month}-10 → never`),
  ])
})

it('two pauses stop the membership twice, although their events are alike', async () => {
  const { time, id } = await subscribed(run)
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  for (const [status, state] of [
    ['paused', 'lapsed'],
    ['active', 'active'],
    ['paused', 'lapsed'],
    ['active', 'active'],
  ] as const) {
    stripe.change(id, { status })
    await tell('customer.subscription.updated', id)
    expect((await membershipsOf(time))[0]).toMatchObject({ state })
  }
  expect(await time.lots()).toHaveLength(1)
})

it('a lost event is found by polling before the membership lapses', async () => {
  const { time, id } = await subscribed(run)
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  stripe.invoice(id, FEB, MAR)
  await time.advance('2026-02-12T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: MAR })
  expect(await time.moves()).toEqual([
    '2026-01-10 100 subscription: issued → available',
    '2026-02-10 100 subscription: issued → available',
  ])
  stripe.change(id, { status: 'canceled', ended_at: Date.parse(MAR) / 1000 })
  await time.advance('2026-03-12T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'ended' })
})

it('XD-09 a renewal that Stripe finalizes an hour late interrupts nothing; after a day the credits freeze', async () => {
  const { time, id } = await subscribed(run)
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  await time.advance('2026-02-10T00:59:59.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'past_due', paid_through: FEB })
  expect(await time.balance()).toMatchObject({ available: 100, frozen: 0 })
  await tell('invoice.paid', stripe.invoice(id, FEB, MAR))
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: MAR, anchor: JAN })
  expect(await time.moves()).toEqual([
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
  const time = await startTimeline(run.design, JAN)
  const id = stripe.subscribe({
    metadata: { account: accountOf(time) },
    start: JAN,
    end: '2026-01-24T00:00:00.000Z',
    trial_end: '2026-01-24T00:00:00.000Z',
  })
  await tell('customer.subscription.created', id)
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
  expect(await time.lots()).toEqual([
    '20 trial 2026-01-10 → 2026-01-24',
    '100 subscription 2026-01-24 → never',
  ])
})

it('the account may be found by its customer, and a proration pays for no period', async () => {
  const customer = `cus_${randomUUID()}`
  const time = await startTimeline(run.design, JAN, { stripe_customer: customer })
  const id = stripe.subscribe({ customer, start: JAN, end: FEB })
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  await tell('invoice.paid', stripe.invoice(id, FEB, MAR, { proration: true, reason: 'subscription_update' }))
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: FEB })
})

it('a payment before the account names its customer is applied when it does', async () => {
  const customer = `cus_${randomUUID()}`
  const time = await startTimeline(run.design, JAN)
  const id = stripe.subscribe({ customer, start: JAN, end: FEB })
  await tell('customer.subscription.created', id)
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  expect(await membershipsOf(time)).toEqual([])
  stripe.setDown(true)
  const put = () => run.design.put(time.path, { stripe_customer: customer })
  expect(await put()).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } })
  stripe.setDown(false)
  expect(await put()).toMatchObject({
    status: 200,
    body: { memberships: [{ external_id: id, state: 'active', paid_through: FEB }] },
  })
  const asked = stripe.asked()
  expect(await put()).toMatchObject({ status: 200 })
  expect(stripe.asked()).toBe(asked)
  expect(await time.moves()).toEqual(['2026-01-10 100 subscription: issued → available'])
})

it('two concurrent first events start one membership', async () => {
  const { time, id } = await subscribed(run)
  const invoice = stripe.invoice(id, JAN, FEB)
  const events = ['customer.subscription.created', 'customer.subscription.updated'].map(type =>
    stripe.event(type, id),
  )
  const answers = await Promise.all(
    [...events, stripe.event('invoice.paid', invoice)].map(event => run.send(event)),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await membershipsOf(time)).toHaveLength(1)
  expect(await time.lots()).toHaveLength(1)
})

it('while Stripe is unreachable an event gets 503, and the membership is synced later', async () => {
  const { time, id } = await subscribed(run)
  const paid = stripe.event('invoice.paid', stripe.invoice(id, JAN, FEB))
  stripe.setDown(true)
  expect(await run.send(paid)).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } })
  stripe.setDown(false)
  expect(await run.send(paid)).toMatchObject({ status: 200 })
  const [{ id: membership }] = await membershipsOf(time)

  const renewed = stripe.event('invoice.paid', stripe.invoice(id, FEB, MAR))
  stripe.setDown(true)
  expect(await run.send(renewed)).toMatchObject({ status: 503 })
  await time.advance('2026-02-12T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed' })
  expect(await attention(membership)).toEqual({ raised: true, running: true })
  stripe.setDown(false)
  expect(await run.send(renewed)).toMatchObject({ status: 200 })
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', anchor: JAN, paid_through: MAR })
  expect((await time.lots()).at(-1)).toBe('100 subscription 2026-02-10 → never')
  expect(await attention(membership)).toEqual({ raised: false, running: true })
})

it('attention is raised while payment and state disagree', async () => {
  const { time, id } = await subscribed(run)
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  const [{ id: membership }] = await membershipsOf(time)
  expect(await details(membership)).toMatch(`Paid through ${FEB} by ${id} of stripe, which it calls active.`)
  await time.tell(membership, 'lapse')
  await tell('customer.subscription.updated', id)
  expect(await details(membership)).toMatch(/Needs attention.*Stopped manually.*"reactivate"/s)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed' })
  expect(await attention(membership)).toEqual({ raised: true, running: true })
  await time.tell(membership, 'reactivate')
  await tell('customer.subscription.updated', id)
  expect(await attention(membership)).toEqual({ raised: false, running: true })

  stripe.change(id, { plan: 'no-such-plan' })
  await tell('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', plan: 'member' })
  expect(await attention(membership)).toMatchObject({ raised: true })
  stripe.change(id, { plan: 'member' })
  await tell('customer.subscription.updated', id)
  expect(await attention(membership)).toMatchObject({ raised: false })

  await time.tell(membership, 'cancel', { when: 'now' })
  await tell('customer.subscription.updated', id)
  expect(await attention(membership)).toEqual({ raised: true, running: true })
  stripe.change(id, { status: 'canceled', ended_at: Math.floor(Date.parse(JAN) / 1000) })
  await tell('customer.subscription.deleted', id)
  expect(await attention(membership)).toEqual({ raised: false, running: false })
})

it('a payment for an unknown plan is applied once the plan is known', async () => {
  const time = await startTimeline(run.design, JAN)
  const id = stripe.subscribe({ plan: 'typo', metadata: { account: accountOf(time) }, start: JAN, end: FEB })
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  expect(await membershipsOf(time)).toEqual([])
  stripe.change(id, { metadata: { account: accountOf(time), plan: 'member' } })
  await tell('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', plan: 'member' })
})

it('a product may start the membership of a subscription itself, and the events find it', async () => {
  const time = await startTimeline(run.design, JAN)
  const id = stripe.subscribe({ start: JAN, end: FEB })
  const body = { plan: 'member', provider: 'stripe', external_id: id }
  const early = await run.design.post(`${time.path}/memberships`, body)
  expect(early).toMatchObject({ status: 422, body: { errors: [{ path: 'external_id' }] } })
  const paid = stripe.invoice(id, JAN, FEB)
  const begun = await time.join(body)
  expect(begun).toMatchObject({ provider: 'stripe', external_id: id, state: 'active', paid_through: FEB })
  expect(await time.join(body)).toMatchObject({ id: begun.id })
  await tell('invoice.paid', paid)
  expect(await membershipsOf(time)).toHaveLength(1)
  const other = await startTimeline(run.design, JAN)
  expect(await run.design.post(`${other.path}/memberships`, body)).toMatchObject({ status: 422 })
})

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items]
  return items.flatMap((item, n) => permutations(items.toSpliced(n, 1)).map(rest => [item, ...rest]))
}

it('a renewal is found behind more lines than an invoice carries itself', async () => {
  const { time, id } = await subscribed(run)
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  await time.advance('2026-02-09T23:59:59.000Z')
  await tell('invoice.paid', stripe.invoice(id, FEB, MAR, { linesBefore: 120 }))
  await time.advance('2026-02-20T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: MAR })
  expect(await time.lots()).toHaveLength(2)
})

it('an upgrade that is not paid gives nothing', async () => {
  const { time, id } = await subscribed(run)
  await tell('invoice.paid', stripe.invoice(id, JAN, FEB))
  stripe.change(id, { quantity: 30, status: 'past_due' })
  stripe.invoice(id, '2026-01-20T00:00:00.000Z', FEB, { status: 'open', proration: true })
  await time.advance('2026-01-20T00:00:00.000Z')
  await tell('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ slots: 1 })
  expect(await time.lots()).toEqual(['100 subscription 2026-01-10 → never'])
})
