import type { TestAccount } from '../../support/clients/test-account.ts'
import {
  APR,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import type { StripeStandIn } from '../../support/stand-ins/stripe.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe
let stripe: StripeStandIn

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  stripe = run.stripe
})
afterEach(() => stripe.setDown(false))
afterAll(() => run?.stop())

const deliverEvent = (type: string, objectId: string) => run.deliver(stripe.event(type, objectId))

/** Entries, lots and membership of the account, without ids. */
async function ledgerOf(time: TestAccount): Promise<string> {
  const [{ id: _, account: __, external_id: ___, ...membership }, ...others] = await membershipsOf(time)
  expect(others).toEqual([])
  return JSON.stringify([await time.entries(), await time.lots(), membership])
}

async function attention(membership: string): Promise<{ raised: boolean; running: boolean }> {
  const { typedSearchAttributes, status } = await run.lotkeeper.temporal.workflow
    .getHandle(`membership/x-design/${membership}`)
    .describe()
  const [raised] = typedSearchAttributes.getAll().filter(({ key }) => key.name === 'NeedsAttention')
  return { raised: raised?.value === true, running: status.name === 'RUNNING' }
}

/** The current details in the Temporal UI. */
async function details(membership: string): Promise<string> {
  const handle = run.lotkeeper.temporal.workflow.getHandle(`membership/x-design/${membership}`)
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  return currentDetails
}

it('every order of the events, each repeated, leads to the same ledger', async () => {
  const ledgers = await Promise.all(
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
  expect([...new Set(ledgers)]).toHaveLength(1)
  expect(ledgers[0]).toContain('2026-02-10 100 subscription: issued → available')
})

it('any lost events are made up for by the last one', async () => {
  const lots = await Promise.all(
    Array.from({ length: 2 ** 5 }, async (_, mask) => {
      const { time, id } = await subscribed(run)
      let n = 0
      const delivered = (type: string, objectId: string) =>
        mask & (1 << n++) ? deliverEvent(type, objectId) : undefined
      await delivered('customer.subscription.created', id)
      await delivered('invoice.paid', stripe.invoice(id, JAN, FEB))
      await time.advance('2026-02-09T00:00:00.000Z')
      await delivered('invoice.paid', stripe.invoice(id, FEB, MAR))
      const open = stripe.invoice(id, MAR, APR, { status: 'open' })
      stripe.change(id, { status: 'past_due' })
      await time.advance('2026-03-12T00:00:00.000Z')
      await delivered('invoice.payment_failed', open)
      stripe.settle(open)
      stripe.change(id, { status: 'active' })
      await delivered('invoice.paid', open)
      await time.advance('2026-03-20T00:00:00.000Z')
      stripe.change(id, { status: 'canceled', ended_at: Date.parse('2026-03-20T00:00:00Z') / 1000 })
      await deliverEvent('customer.subscription.deleted', id)
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

it('a lost event is found by polling before the membership lapses', async () => {
  const { time, id } = await subscribed(run)
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  stripe.invoice(id, FEB, MAR)
  await time.advance('2026-02-12T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', paid_through: MAR })
  expect(await time.entries()).toEqual([
    '2026-01-10 100 subscription: issued → available',
    '2026-02-10 100 subscription: issued → available',
  ])
  stripe.change(id, { status: 'canceled', ended_at: Date.parse(MAR) / 1000 })
  await time.advance('2026-03-12T00:00:00.000Z')
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'ended' })
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
  await deliverEvent('invoice.paid', stripe.invoice(id, JAN, FEB))
  const [{ id: membership }] = await membershipsOf(time)
  expect(await details(membership)).toMatch(`Paid through ${FEB} by ${id} of stripe, which it calls active.`)
  await time.updateMembership(membership, 'lapse')
  await deliverEvent('customer.subscription.updated', id)
  expect(await details(membership)).toMatch(/Needs attention.*Stopped manually.*"reactivate"/s)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed' })
  expect(await attention(membership)).toEqual({ raised: true, running: true })
  await time.updateMembership(membership, 'reactivate')
  await deliverEvent('customer.subscription.updated', id)
  expect(await attention(membership)).toEqual({ raised: false, running: true })

  stripe.change(id, { plan: 'no-such-plan' })
  await deliverEvent('customer.subscription.updated', id)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'active', plan: 'member' })
  expect(await attention(membership)).toMatchObject({ raised: true })
  stripe.change(id, { plan: 'member' })
  await deliverEvent('customer.subscription.updated', id)
  expect(await attention(membership)).toMatchObject({ raised: false })

  await time.updateMembership(membership, 'cancel', { when: 'now' })
  await waitFor('the end at Stripe', async () => (await membershipsOf(time))[0].subscription_change === null)
  stripe.change(id, { status: 'active', ended_at: null })
  await deliverEvent('customer.subscription.updated', id)
  expect(await attention(membership)).toEqual({ raised: true, running: true })
  stripe.change(id, { status: 'canceled', ended_at: Math.floor(Date.parse(JAN) / 1000) })
  await deliverEvent('customer.subscription.deleted', id)
  expect(await attention(membership)).toEqual({ raised: false, running: false })
})

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items]
  return items.flatMap((item, n) => permutations(items.toSpliced(n, 1)).map(rest => [item, ...rest]))
}
