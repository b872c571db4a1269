import { randomUUID } from 'node:crypto'
import { membershipActivities } from '../../../activities/membership.ts'
import { stripeFor } from '../../../payments/stripe/subscriptions.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import { runAudit } from '../../support/clients/run-audit.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

type Product = 'branding' | 'x-design'

/** Creates a paid month of a plan, and a function that delivers events about it. */
async function paid(product: Product = 'branding', plan = 'freelancer', amount = 1000) {
  const { stripe, lotkeeper } = run
  const time = await createTestAccount(lotkeeper.as(product), JAN)
  const metadata = { account: accountOf(time), product }
  const id = stripe.subscribe({ plan, metadata, start: JAN, end: FEB })
  const deliverEvent = (type: string, objectId: string) => run.deliver(stripe.event(type, objectId), { product })
  const invoice = stripe.invoice(id, JAN, FEB, { amount })
  await deliverEvent('invoice.paid', invoice)
  return { stripe, time, id, deliverEvent, invoice, charge: stripe.chargeOf(invoice) }
}

const available = async (time: TestAccount) => (await time.balance()).available
const spend = (time: TestAccount, product: Product, operation: object) =>
  run.lotkeeper.as(product).post(`${time.path}/charges`, operation)

it('a refund revokes unused credits in proportion, and a failed refund restores them', async () => {
  const { stripe, time, deliverEvent, charge } = await paid()
  expect(await available(time)).toBe(500)
  stripe.payments.refundFromDashboard(charge, 300)
  await deliverEvent('charge.refunded', charge)
  expect(await available(time)).toBe(350)
  stripe.payments.refundFromDashboard(charge, 700)
  await deliverEvent('charge.refunded', charge)
  expect(await available(time)).toBe(0)
  const refund = stripe.payments.failRefund(charge)
  await deliverEvent('refund.failed', refund)
  expect(await available(time)).toBe(350)
  expect((await membershipsOf(time))[0].history.map(({ what }: { what: string }) => what)).toEqual([
    'opened',
    'granted',
    'money_back',
    'money_back',
    'money_returned',
  ])
})

it('XD-22 support refunds a payment of a subscription by exception, above the limit with a second person', async () => {
  const { stripe, time, invoice, deliverEvent, charge } = await paid()
  const support = run.lotkeeper.as('branding', 'support')
  const [{ id }] = await membershipsOf(time)
  const refund = `/v1/memberships/${id}/refund`
  expect((await support.get(refund)).body).toMatchObject({
    payments: [{ invoice, amount: 1000, refunded: 0, currency: 'USD' }],
    by_exception: { invoice, credits: 500, amount: 1000, needs_approval: false },
  })
  expect((await support.get(`${refund}?amount=400`)).body.by_exception).toMatchObject({ credits: 200, amount: 400 })
  expect(await support.post(refund, { amount: 400 })).toMatchObject({ status: 422 })
  expect(await support.post(refund, { amount: 1001, reason: 'x' })).toMatchObject({ status: 422 })
  expect(await support.post(refund, { invoice: 'in_unknown', reason: 'x' })).toMatchObject({ status: 422 })
  const goodwill = { amount: 400, reason: 'downtime' }
  expect(await run.lotkeeper.as('branding', 'manage').post(refund, goodwill)).toMatchObject({ status: 403 })

  // Stripe makes the refund and its answer is lost.
  const key = randomUUID()
  stripe.setOutcomes(request => (request === 'POST /v1/refunds' ? 'hang_up' : 'answer'))
  expect(await support.post(refund, goodwill, key)).toMatchObject({ status: 503 })
  stripe.setOutcomes(() => 'answer')
  for (const _ of [1, 2]) expect(await support.post(refund, goodwill, key)).toMatchObject({ status: 200, body: { id } })
  await deliverEvent('charge.refunded', charge)
  expect(await available(time)).toBe(300)
  expect((await support.get(refund)).body.payments).toMatchObject([{ refunded: 400 }])
  const [{ history }] = await membershipsOf(time)
  expect(history).toContainEqual(
    expect.objectContaining({ what: 'refunded', detail: expect.objectContaining(goodwill) }),
  )
  expect((await support.get(`${time.path}/activity`)).body.data).toMatchObject([
    { action: 'refund_by_exception', reason: goodwill.reason, detail: { invoice, amount: 400 }, done: true },
  ])

  const large = await paid('branding', 'agency', 9000)
  const [agency] = await membershipsOf(large.time)
  const asked = await support.post(`/v1/memberships/${agency.id}/refund`, { reason: 'bought twice' })
  expect(asked).toMatchObject({ status: 202, body: { credits: 1500, amount: 9000, currency: 'USD' } })
  expect(await available(large.time)).toBe(1500)
  const approve = () => run.lotkeeper.as('branding').post(`/v1/approvals/${asked.body.approval}/approve`)
  for (const _ of [1, 2]) expect(await approve()).toMatchObject({ status: 200, body: { id: agency.id } })
  expect(await available(large.time)).toBe(0)
  expect(await support.post(`/v1/memberships/${agency.id}/refund`, { reason: 'again' })).toMatchObject({
    status: 409,
    body: { code: 'refund_not_offered' },
  })
})

it('spent credits stay spent, and never become a debt', async () => {
  const { stripe, time, deliverEvent, charge } = await paid()
  await spend(time, 'branding', { operation: 'model-training', outputs: 1, price: 200 })
  const before = await available(time)
  expect(before).toBeLessThan(500)
  stripe.payments.refundFromDashboard(charge, 1000)
  await deliverEvent('charge.refunded', charge)
  expect(await time.balance()).toMatchObject({ available: 0 })
  await deliverEvent('refund.failed', stripe.payments.failRefund(charge))
  expect(await available(time)).toBe(before)
})

it('a dispute revokes the unused credits, and a won dispute restores them', async () => {
  const { stripe, time, deliverEvent, charge } = await paid()
  const dispute = stripe.payments.dispute(charge)
  await deliverEvent('charge.dispute.created', dispute)
  expect(await available(time)).toBe(0)
  stripe.payments.closeDispute(dispute, 'won')
  await deliverEvent('charge.dispute.closed', dispute)
  expect(await available(time)).toBe(500)
})

it('a credit note revokes the unused credits, and a voided one restores them', async () => {
  const { stripe, time, deliverEvent, invoice } = await paid()
  const note = stripe.creditNotes.issue(invoice, 500)
  await deliverEvent('credit_note.created', note)
  expect(await available(time)).toBe(250)
  stripe.creditNotes.void(note)
  await deliverEvent('credit_note.voided', note)
  expect(await available(time)).toBe(500)
})

it('a refund and its credit note count once', async () => {
  const { stripe, time, deliverEvent, invoice, charge } = await paid()
  stripe.payments.refundFromDashboard(charge, 500)
  const [refund] = stripe.payments.refunds().slice(-1)
  const note = stripe.creditNotes.issue(invoice, 500, [{ refund: refund?.id, amount_refunded: 500 }])
  await deliverEvent('credit_note.created', note)
  await deliverEvent('charge.refunded', charge)
  expect(await available(time)).toBe(250)
})

it('an upgrade that is undone at the same time leaves the credits of the paid plan', async () => {
  const { stripe, time, id, deliverEvent } = await paid()
  const at = '2026-01-20T00:00:00.000Z'
  await time.advance(at)
  stripe.change(id, { plan: 'agency' })
  await deliverEvent('invoice.paid', stripe.invoice(id, at, FEB, { proration: true, amount: 2000, credited: 680 }))
  expect(await available(time)).toBe(1500)
  stripe.change(id, { plan: 'freelancer' })
  await deliverEvent('invoice.paid', stripe.invoice(id, at, FEB, { proration: true, amount: 680, credited: 2000 }))
  expect(await available(time)).toBe(500)
})

it('BR-01 a restarted cycle returns the credits of the credited time, and used ones with the new month', async () => {
  const { stripe, time, id, deliverEvent } = await paid()
  await spend(time, 'branding', { operation: 'model-training', outputs: 1, price: 200 })
  const at = '2026-01-10T12:00:00.000Z'
  await time.advance(at)
  const prorations = [{ amount: -984, from: at, to: FEB }]
  const invoice = stripe.invoice(id, at, '2026-02-10T12:00:00.000Z', { reason: 'subscription_update', prorations })
  await deliverEvent('invoice.paid', invoice)
  await deliverEvent('invoice.paid', invoice)
  // 492 of the 500 credits belong to the time that was credited: 300 are left, and the new month pays the other 192.
  expect(await time.balance()).toMatchObject({ available: 308, debt: 0 })
  expect((await membershipsOf(time))[0]).toMatchObject({ anchor: at, paid_through: '2026-02-10T12:00:00.000Z' })
  expect((await runAudit(time.caller, time.path)).body).toMatchObject({ state: 'done', findings: [] })
})

it('an invoice that is voided after its payment revokes the unused credits', async () => {
  const { stripe, time, deliverEvent, invoice } = await paid()
  stripe.giveUp(invoice, 'void')
  await deliverEvent('invoice.voided', invoice)
  expect(await available(time)).toBe(0)
})

it.each(['void', 'uncollectible'] as const)(
  'an unpaid invoice that becomes %s grants nothing and raises attention',
  async status => {
    const { stripe, time, id, deliverEvent } = await paid()
    const open = stripe.invoice(id, FEB, MAR, { status: 'open' })
    await time.advance('2026-02-12T00:00:00.000Z')
    stripe.giveUp(open, status)
    await deliverEvent('invoice.voided', open)
    const [{ id: membership, state }] = await membershipsOf(time)
    expect([state, await available(time)]).toEqual(['lapsed', 0])
    const { rows } = await run.lotkeeper.db.query('select status from memberships where membership = $1', [membership])
    expect(rows[0].status.provider.attention).toMatch(/^Invoice given up/)
  },
)

const poll = () =>
  run.lotkeeper.temporal.workflow.execute('stripeEvents', {
    workflowId: `stripe-events/${randomUUID()}`,
    taskQueue: run.lotkeeper.taskQueue,
    args: [{}],
  })

it('a first payment and a renewal whose webhooks were lost are found by polling', async () => {
  const { stripe, time, id } = await paid()
  const lost = await createTestAccount(run.lotkeeper.as('branding'), JAN)
  const metadata = { account: accountOf(lost), product: 'branding' }
  const first = stripe.subscribe({ plan: 'agency', metadata, start: JAN, end: FEB })
  stripe.event('invoice.paid', stripe.invoice(first, JAN, FEB))
  stripe.event('invoice.paid', stripe.invoice(id, FEB, MAR))
  await poll()
  await waitFor(
    'the first payment',
    () => membershipsOf(lost),
    found => found[0]?.state === 'active' && found[0].plan === 'agency',
  )
  await waitFor(
    'the renewal',
    () => membershipsOf(time),
    ([{ paid_through }]) => paid_through === MAR,
  )
})

it('a refund that a process reads whose clock is behind counts', async () => {
  const { stripe, time, deliverEvent, charge } = await paid()
  const { db, config } = run.lotkeeper
  const ahead = membershipActivities({
    db,
    policies: readPolicies(config.policiesDir),
    now: () => new Date(Date.now() + 3_600_000),
    stripe: stripeFor({ secretKey: 'sk_test_1', apiBase: stripe.url }),
  })
  const [{ id: membership }] = await membershipsOf(time)
  stripe.payments.refundFromDashboard(charge, 100)
  await ahead.syncSubscription({ product: 'branding', account: accountOf(time), id: membership })
  expect(await available(time)).toBe(450)
  stripe.payments.refundFromDashboard(charge, 900)
  await deliverEvent('charge.refunded', charge)
  expect(await available(time)).toBe(0)
})

it('a refund whose webhook was lost is found by polling', async () => {
  const { stripe, time, charge } = await paid()
  const credited = await paid()
  stripe.payments.refundFromDashboard(charge, 500)
  stripe.event('charge.refunded', charge)
  stripe.event('credit_note.created', stripe.creditNotes.issue(credited.invoice, 200))
  await poll()
  await waitFor(
    'the refund',
    () => available(time),
    credits => credits === 250,
  )
  await waitFor(
    'the credit note',
    () => available(credited.time),
    credits => credits === 400,
  )
})

it('an audit explains what was taken, and repairs what was missed', async () => {
  const { stripe, time, charge } = await paid()
  stripe.payments.refundFromDashboard(charge, 500)
  const first = await runAudit(run.lotkeeper.as('branding'), time.path)
  expect(first.body).toMatchObject({ state: 'done' })
  expect(first.body.explanation).toContain('250 credits of your month that began on 2026-01-10 were revoked')
  expect(await available(time)).toBe(250)
  const again = await runAudit(run.lotkeeper.as('branding'), time.path)
  expect(again.body.findings).toEqual([])
})

it('where the policy keeps the credits a refund revokes none, and the history records it', async () => {
  const { stripe, time, deliverEvent, charge } = await paid('x-design', 'member')
  stripe.payments.refundFromDashboard(charge, 1000)
  await deliverEvent('charge.refunded', charge)
  expect(await available(time)).toBe(100)
  expect((await membershipsOf(time))[0].history.at(-1)).toMatchObject({
    what: 'money_back',
    detail: { amount: 1000, credits: 0 },
  })
})
