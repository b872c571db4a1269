import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../support/root.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, placeOrder, type StripePurchase } from '../../support/stand-ins/stripe-purchase.ts'

let policies: string
let run: LotkeeperWithStripe

beforeAll(async () => {
  policies = await mkdtemp(path.join(tmpdir(), 'policies-'))
  await cp(path.join(root, 'policies'), policies, { recursive: true })
  const file = path.join(policies, 'kvidai.yaml')
  const free = 'packs:\n  free: { name: Free, credits: 5, price: { amount: 0, currency: KRW } }\n'
  await writeFile(file, (await readFile(file, 'utf8')).replace('packs:\n', free))
  run = await startLotkeeperWithStripe({ POLICIES_DIR: policies })
})
afterAll(async () => {
  await run?.stop()
  await rm(policies, { recursive: true, force: true })
})

async function expectRefundWithoutStripe(bought: StripePurchase): Promise<void> {
  const refunds = run.stripe.payments.refunds().length
  expect(await bought.post('refund', { reason: 'not needed' })).toMatchObject({
    status: 200,
    body: { state: 'refunded', refund: { state: 'done', amount: 0 }, needs_attention: false },
  })
  expect(run.stripe.payments.refunds()).toHaveLength(refunds)
  expect(await bought.time.balance()).toMatchObject({ available: 0 })
}

it.each(['stripe', 'manual', 'bank_transfer', 'invoice'])('a free pack by %s is granted at once', async provider => {
  const bought = await placeOrder(run, 'kvidai', { pack: 'free', provider })
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', amount: 0, checkout_url: null })
  expect(await bought.time.balance()).toMatchObject({ available: 5 })
  await expectRefundWithoutStripe(bought)
})

it('a promotion code for the whole price pays a purchase', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  const session = run.stripe.payments.object(bought.session) as object
  Object.assign(session, {
    status: 'complete',
    payment_status: 'no_payment_required',
    amount_total: 0,
    total_details: { amount_discount: 9900, amount_shipping: 0, amount_tax: 0 },
  })
  await bought.deliverEvent('checkout.session.completed')
  expect(await bought.show()).toMatchObject({ state: 'fulfilled', amount: 0, needs_attention: false })
  expect(await bought.time.balance()).toMatchObject({ available: 100 })
  await expectRefundWithoutStripe(bought)
})
