import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { postWithRetry } from '../support/clients/retries.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import { root } from '../support/root.ts'
import { caseCount, repetitions, seed } from '../support/run/servers.ts'
import {
  accountOf,
  FEB,
  JAN,
  type LotkeeperWithStripe,
  membershipsOf,
  startLotkeeperWithStripe,
} from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { waitFor } from '../support/wait-for.ts'
import { changesOf, eventsOf, type Payment } from './subscription-money.ts'
import {
  CREDITS,
  expectedOf,
  type Month,
  PaymentModel,
  type Rule,
  type Story,
  spend,
  story,
} from './subscription-stories.ts'

// Months of a subscription at Stripe that are paid in time, late or never, with announced changes that nobody pays; and
// refunds, disputes, credit notes and voided invoices of their payments. Whatever the order and number of its events: each
// paid month is granted once, and the money that was kept decides the credits, as the policy says.

const RUNS = caseCount(repetitions(8, 1_000))
const LANES = 8
const COST = 10
const rules: Rule[] = ['revoke_unused', 'keep', 'unset']

let run: LotkeeperWithStripe
let policies: string
let delivered = 0

/** X-Design's policy for each rule, as a product of its own. */
beforeAll(async () => {
  policies = await mkdtemp(path.join(tmpdir(), 'policies-'))
  const policy = await readFile(path.join(root, 'policies/x-design.yaml'), 'utf8')
  for (const rule of rules)
    await writeFile(
      path.join(policies, `${rule}.yaml`),
      policy
        .replace(/^product: .*$/m, `product: ${productOf(rule)}`)
        .replace(/^memberships: .*$/m, rule === 'unset' ? '' : `memberships: { refund: ${rule} }`)
        .replace('recolor: { unit: image, cost: 1,', `recolor: { unit: image, cost: ${COST},`),
    )
  run = await startLotkeeperWithStripe({ POLICIES_DIR: policies, DATABASE_POOL: '20' })
})
afterAll(async () => {
  await run?.stop()
  await rm(policies, { recursive: true })
})
jest.setTimeout(repetitions(180_000, 3_600_000))

const productOf = (rule: Rule) => rule.replace('_', '-')
const start = (n: number) => `2026-${String(n + 1).padStart(2, '0')}-10T00:00:00.000Z`
const afterGrace = (n: number) => start(n).replace('-10T', '-12T')

async function deliver(product: string, events: object[], { order, together }: Month): Promise<void> {
  const shuffled = [...events, ...events]
    .map((event, i) => [order[i % order.length] ?? 0, event] as const)
    .sort(([a], [b]) => a - b)
    .map(([, event]) => event)
  delivered += shuffled.length
  for (let i = 0, n = 0; i < shuffled.length; n++) {
    const size = together[n % together.length] ?? 1
    await Promise.all(shuffled.slice(i, i + size).map(event => run.deliver(event, { product })))
    i += size
  }
}

async function play({ rule, months }: Story): Promise<void> {
  const { stripe, lotkeeper } = run
  const product = productOf(rule)
  const time = await createTestAccount(lotkeeper.as(product), JAN)
  const id = stripe.subscribe({ metadata: { account: accountOf(time) }, start: JAN, end: FEB })
  const payments: Payment[] = []
  const models = () => payments.map(({ model }) => model)
  const invoiceEvents = (type: string, invoice: string) => [
    ...eventsOf(stripe, type, invoice, { subscription: id, parent: null }),
    stripe.event('customer.subscription.updated', id),
  ]
  const received = (invoice: string) => {
    payments.push({ invoice, charge: stripe.chargeOf(invoice), model: new PaymentModel() })
    return invoiceEvents('invoice.paid', invoice)
  }

  const expectEnd = async (isVoided: boolean) => {
    const { credits, undecided } = expectedOf(models(), rule)
    await waitFor(
      `${payments.length} grants of which ${credits} credits are left`,
      async () => ({ lots: await time.lots(), balance: await time.balance() }),
      ({ lots, balance }) => lots.length === payments.length && balance.available + balance.frozen === credits,
    )
    expect((await time.lots()).every(lot => lot.startsWith(`${CREDITS} subscription`))).toBe(true)
    expect(await time.balance()).toMatchObject({ debt: 0, held: 0 })
    const [{ id: membership }, ...others] = await membershipsOf(time)
    expect(others).toEqual([])
    const { rows } = await lotkeeper.db.query('select status from memberships where membership = $1', [membership])
    const attention: string = rows[0].status.provider.attention ?? ''
    expect(attention.includes('Money of a membership went back')).toBe(undecided)
    expect(attention.includes('Invoice given up')).toBe(isVoided)
  }

  for (const [n, month] of months.entries()) {
    // The first month starts the membership, so it is paid.
    const how = n === 0 ? 'in time' : month.paid
    if (n > 0) await time.advance(start(n))
    const invoice = stripe.invoice(id, start(n), start(n + 1), { status: how === 'in time' ? 'paid' : 'open' })
    const begun = how === 'in time' ? received(invoice) : invoiceEvents('invoice.payment_failed', invoice)
    await deliver(product, begun, month)
    if (n > 0) await time.advance(afterGrace(n))
    if (month.announced) {
      stripe.change(id, { quantity: 3 })
      const change = stripe.invoice(id, afterGrace(n), start(n + 1), { status: 'open', proration: true })
      await deliver(product, invoiceEvents('customer.subscription.updated', change), month)
      stripe.change(id, { quantity: 1 })
    }
    let events: object[] = []
    if (how === 'late') {
      stripe.settle(invoice)
      events = received(invoice)
    } else if (how === 'voided') {
      stripe.giveUp(invoice, 'void')
      events = invoiceEvents('invoice.voided', invoice)
    }
    for (const { move, of, told } of month.moves) {
      const payment = payments.at(-1 - (of % payments.length))
      for (const change of payment ? changesOf(stripe, payment, move) : []) {
        events.push(...change())
        if (told === 'later') continue
        await deliver(product, events, month)
        events = []
      }
    }
    await deliver(product, events, month)
    await expectEnd(how === 'voided')
    if ((how === 'in time' || how === 'late') && month.uses > 0 && spend(models(), rule, COST * month.uses)) {
      const used = await postWithRetry(time.caller, `${time.path}/charges`, {
        operation: 'recolor',
        outputs: month.uses,
      })
      expect(used.status).toBe(201)
    }
  }
  await expectEnd(months.length > 1 && months.at(-1)?.paid === 'voided')
}

it(`each paid month is granted once, and the kept money decides: ${RUNS} sequences (seed ${seed})`, async () => {
  const lane = (number: number) =>
    fc.assert(fc.asyncProperty(story, play), {
      numRuns: Math.ceil(RUNS / LANES),
      seed: seed + number,
      endOnFailure: true,
    })
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  console.info(`seed ${seed}: ${RUNS} sequences, ${delivered} events`)
})
