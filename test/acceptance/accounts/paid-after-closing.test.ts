import { becomesTrue } from '../../../scripts/servers/processes.ts'
import { purchaseWorkflowId } from '../../../workflows/contract/ids.ts'
import { purchaseUpdate } from '../../../workflows/contract/messages.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order } from '../../support/stand-ins/stripe-purchase.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run.stop())

/** The number of workflows that need attention. */
const countAttention = async () => {
  const query = `NeedsAttention = true AND TaskQueue = '${run.lotkeeper.taskQueue}'`
  return (await run.lotkeeper.temporal.workflow.count(query)).count
}

async function orderThenClose() {
  const purchase = await order(run, 'kvidai', { pack: 'credits', quantity: 1 })
  expect(await purchase.caller.delete(purchase.time.path)).toMatchObject({ status: 200 })
  const workflow = run.lotkeeper.temporal.workflow.getHandle(purchaseWorkflowId('kvidai', purchase.id))
  return { purchase, workflow }
}

it('KV-08 a payment after closing grants no credits and raises attention to refund it', async () => {
  const { purchase, workflow } = await orderThenClose()
  const charge = purchase.pay()
  await purchase.deliverEvent('checkout.session.completed')
  await purchase.deliverEvent('checkout.session.completed')
  expect(await becomesTrue(async () => (await countAttention()) === 1, 10)).toBe(true)
  const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  expect(currentDetails).toMatch(/Paid after closing: ₩9,900.*refund it.*"acknowledged"/is)
  expect(currentDetails).not.toMatch(/reissue/)
  expect(await purchase.show()).toMatchObject({ state: 'expired', lots: [] })
  expect(await purchase.post('reissue')).toMatchObject({ status: 409, body: { code: 'account_closed' } })

  await workflow.executeUpdate(purchaseUpdate, { args: [{ kind: 'acknowledged' }, 'given-back'] })
  expect(await workflow.result()).toEqual({ outcome: 'expired' })
  expect(await becomesTrue(async () => (await countAttention()) === 0, 10)).toBe(true)
  run.stripe.payments.refundFromDashboard(charge, 9900)
  await purchase.deliverEvent('charge.refunded', charge)
  expect(await countAttention()).toBe(0)
})

it('payment events without money raise no attention for a closed account', async () => {
  const { purchase, workflow } = await orderThenClose()
  run.stripe.payments.expire(purchase.session)
  await purchase.deliverEvent('checkout.session.expired')
  await workflow.result()
  expect(await countAttention()).toBe(0)
})
