import { checkUpdate } from '../../../workflows/contract/messages.ts'
import { purchaseStart } from '../../../workflows/contract/starts.ts'
import { attentionOf } from '../../support/servers/ops.ts'
import {
  accountOf,
  type LotkeeperWithStripe,
  startLotkeeperWithStripe,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { orderPaid, placeOrder, type StripePurchase } from '../../support/stand-ins/stripe-purchase.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterEach(() => run.stripe.refuse(null))
afterAll(() => run?.stop())

const pack = { pack: 'credits', quantity: 1 }
const MESSAGE = 'The provided key rk_test_*** lacks the permission rak_checkout_session_write.'

const attention = () => attentionOf(run.lotkeeper)

const check = ({ id, time }: StripePurchase) =>
  run.lotkeeper.temporal.workflow
    .getHandle(purchaseStart({ product: 'kvidai', account: accountOf(time), id }).workflowId)
    .executeUpdate(checkUpdate)

it('a page that Stripe refuses raises attention, and is opened once that is corrected', async () => {
  run.stripe.refuse(403, { message: MESSAGE })
  const bought = await placeOrder(run, 'kvidai', pack)
  expect(await bought.show()).toMatchObject({
    state: 'awaiting_payment',
    checkout_url: null,
    needs_attention: true,
  })
  expect(JSON.stringify(await bought.show())).not.toContain('rk_test_')
  const raised = await waitFor('attention', attention, text => text.includes(`purchase/kvidai/${bought.id}`))
  expect(raised).toMatch(/Payment provider refused: .*\n {3}Stripe refused the request/)
  expect(raised).toContain(MESSAGE)
  const asked = run.stripe.requestCount()
  await check(bought)
  expect(run.stripe.requestCount()).toBe(asked + 1)
  expect(await bought.show()).toMatchObject({ checkout_url: null, needs_attention: true })
  run.stripe.refuse(null)
  await check(bought)
  expect(await bought.show()).toMatchObject({
    checkout_url: expect.stringMatching(/^https:/),
    needs_attention: false,
  })
  // The hourly poll may have met the refusal too; it tries again after ten minutes.
  expect(await attention()).not.toContain(`purchase/kvidai/${bought.id}`)
  bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  expect(await bought.show()).toMatchObject({ state: 'fulfilled' })
})

it('a refund that Stripe refuses restores the credits at once and raises attention', async () => {
  const bought = await orderPaid(run, 'kvidai', pack)
  run.stripe.refuse(401, { message: MESSAGE })
  const { body } = await bought.post('refund', { reason: 'unused' })
  expect(body).toMatchObject({ state: 'fulfilled', refund: { state: 'failed' }, needs_attention: true })
  expect(JSON.stringify(body)).not.toContain('rk_test_')
  expect(await bought.time.balance()).toMatchObject({ available: 100 })
  expect(await attention()).toMatch(/Refund failed: .*\n.*rk_test_/)
  run.stripe.refuse(null)
  expect((await bought.post('refund', { reason: 'unused' })).body).toMatchObject({
    state: 'refunded',
    needs_attention: false,
  })
})
