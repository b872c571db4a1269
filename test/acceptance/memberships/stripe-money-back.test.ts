import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
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

/** A paid month of a plan, and how Stripe tells about it. */
async function paid(product: Product = 'branding', plan = 'freelancer') {
  const { stripe, lotkeeper } = run
  const time = await createTestAccount(lotkeeper.as(product), JAN)
  const metadata = { account: accountOf(time), product }
  const id = stripe.subscribe({ plan, metadata, start: JAN, end: FEB })
  const tell = (type: string, about: string) => run.deliver(stripe.event(type, about), { product })
  const invoice = stripe.invoice(id, JAN, FEB)
  await tell('invoice.paid', invoice)
  return { stripe, time, id, tell, invoice, charge: stripe.chargeOf(invoice) }
}

const available = async (time: TestAccount) => (await time.balance()).available
const spend = (time: TestAccount, product: Product, operation: object) =>
  run.lotkeeper.as(product).post(`${time.path}/charges`, operation)

it('a refund takes the unused credits in proportion, and gives them back if it fails', async () => {
  const { stripe, time, tell, charge } = await paid()
  expect(await available(time)).toBe(500)
  stripe.payments.refundFromDashboard(charge, 300)
  await tell('charge.refunded', charge)
  expect(await available(time)).toBe(350)
  stripe.payments.refundFromDashboard(charge, 700)
  await tell('charge.refunded', charge)
  expect(await available(time)).toBe(0)
  const refund = stripe.payments.failRefund(charge)
  await tell('refund.failed', refund)
  expect(await available(time)).toBe(350)
  expect((await membershipsOf(time))[0].history.map(({ what }: { what: string }) => what)).toEqual([
    'opened',
    'granted',
    'money_back',
    'money_back',
    'money_returned',
  ])
})

it('spent credits stay spent, and never become a debt', async () => {
  const { stripe, time, tell, charge } = await paid()
  await spend(time, 'branding', { operation: 'model-training', outputs: 1, price: 200 })
  const before = await available(time)
  expect(before).toBeLessThan(500)
  stripe.payments.refundFromDashboard(charge, 1000)
  await tell('charge.refunded', charge)
  expect(await time.balance()).toMatchObject({ available: 0 })
  await tell('refund.failed', stripe.payments.failRefund(charge))
  expect(await available(time)).toBe(before)
})

it('a dispute takes them, and a won dispute gives them back', async () => {
  const { stripe, time, tell, charge } = await paid()
  const dispute = stripe.payments.dispute(charge)
  await tell('charge.dispute.created', dispute)
  expect(await available(time)).toBe(0)
  stripe.payments.closeDispute(dispute, 'won')
  await tell('charge.dispute.closed', dispute)
  expect(await available(time)).toBe(500)
})

it('a credit note takes them, and a voided one gives them back', async () => {
  const { stripe, time, tell, invoice } = await paid()
  const note = stripe.creditNotes.issue(invoice, 500)
  await tell('credit_note.created', note)
  expect(await available(time)).toBe(250)
  stripe.creditNotes.void(note)
  await tell('credit_note.voided', note)
  expect(await available(time)).toBe(500)
})

it('a refund with its credit note counts once', async () => {
  const { stripe, time, tell, invoice, charge } = await paid()
  stripe.payments.refundFromDashboard(charge, 500)
  const [refund] = stripe.payments.refunds().slice(-1)
  const note = stripe.creditNotes.issue(invoice, 500, [{ refund: refund?.id, amount_refunded: 500 }])
  await tell('credit_note.created', note)
  await tell('charge.refunded', charge)
  expect(await available(time)).toBe(250)
})

it('an upgrade that is taken back at once leaves the credits of the paid plan', async () => {
  const { stripe, time, id, tell } = await paid()
  const at = '2026-01-20T00:00:00.000Z'
  await time.advance(at)
  stripe.change(id, { plan: 'agency' })
  await tell('invoice.paid', stripe.invoice(id, at, FEB, { proration: true, amount: 2000, credited: 680 }))
  expect(await available(time)).toBe(1500)
  stripe.change(id, { plan: 'freelancer' })
  await tell('invoice.paid', stripe.invoice(id, at, FEB, { proration: true, amount: 680, credited: 2000 }))
  expect(await available(time)).toBe(500)
})

it('an invoice that is voided after its payment takes them', async () => {
  const { stripe, time, tell, invoice } = await paid()
  stripe.giveUp(invoice, 'void')
  await tell('invoice.voided', invoice)
  expect(await available(time)).toBe(0)
})

it.each(['void', 'uncollectible'] as const)(
  'an unpaid invoice that becomes %s grants nothing and raises attention',
  async status => {
    const { stripe, time, id, tell } = await paid()
    const open = stripe.invoice(id, FEB, MAR, { status: 'open' })
    await time.advance('2026-02-12T00:00:00.000Z')
    stripe.giveUp(open, status)
    await tell('invoice.voided', open)
    const [{ id: membership, state }] = await membershipsOf(time)
    expect([state, await available(time)]).toEqual(['lapsed', 0])
    const { rows } = await run.lotkeeper.db.query('select status from memberships where membership = $1', [membership])
    expect(rows[0].status.provider.attention).toMatch(/^Invoice given up/)
  },
)

it('a refund whose webhook was lost is found by polling', async () => {
  const { stripe, time, charge } = await paid()
  const credited = await paid()
  stripe.payments.refundFromDashboard(charge, 500)
  stripe.event('charge.refunded', charge)
  stripe.event('credit_note.created', stripe.creditNotes.issue(credited.invoice, 200))
  const connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
  await new Client({ connection }).workflow.execute('stripeEvents', {
    workflowId: `stripe-events/${randomUUID()}`,
    taskQueue: run.lotkeeper.taskQueue,
    args: [{}],
  })
  await connection.close()
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

it('a policy that keeps the credits keeps them, and the history tells of the money', async () => {
  const { stripe, time, tell, charge } = await paid('x-design', 'member')
  stripe.payments.refundFromDashboard(charge, 1000)
  await tell('charge.refunded', charge)
  expect(await available(time)).toBe(100)
  expect((await membershipsOf(time))[0].history.at(-1)).toMatchObject({
    what: 'money_back',
    detail: { amount: 1000, credits: 0 },
  })
})
