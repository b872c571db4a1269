import { Client, Connection } from '@temporalio/client'
import { becomesTrue } from '../../../scripts/servers/processes.ts'
import { purchaseWorkflowId } from '../../../workflows/contract/ids.ts'
import { purchaseUpdate } from '../../../workflows/contract/messages.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../../support/stand-ins/lotkeeper-with-stripe.ts'
import { order } from '../../support/stand-ins/stripe-purchase.ts'

let run: LotkeeperWithStripe
let connection: Connection
let client: Client

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
  client = new Client({ connection })
})
afterAll(async () => {
  await connection.close()
  await run.stop()
})

/** How many workflows need a person. */
const needing = async () => {
  const query = `NeedsAttention = true AND TaskQueue = '${run.lotkeeper.taskQueue}'`
  return (await client.workflow.count(query)).count
}

async function orderedAndClosed() {
  const bought = await order(run, 'kvidai', { pack: 'credits', quantity: 1 })
  expect(await bought.caller.delete(bought.time.path)).toMatchObject({ status: 200 })
  const workflow = client.workflow.getHandle(purchaseWorkflowId('kvidai', bought.id))
  return { bought, workflow }
}

it('KV-08 a payment after closing grants no credits and raises attention to refund it', async () => {
  const { bought, workflow } = await orderedAndClosed()
  const charge = bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  await bought.deliverEvent('checkout.session.completed')
  expect(await becomesTrue(async () => (await needing()) === 1, 10)).toBe(true)
  const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  expect(currentDetails).toMatch(/Paid after closing: ₩9,900.*refund it.*"acknowledged"/is)
  expect(currentDetails).not.toMatch(/reissue/)
  expect(await bought.show()).toMatchObject({ state: 'expired', lots: [] })
  expect(await bought.post('reissue')).toMatchObject({ status: 409, body: { code: 'account_closed' } })

  await workflow.executeUpdate(purchaseUpdate, { args: [{ kind: 'acknowledged' }, 'given-back'] })
  expect(await workflow.result()).toEqual({ outcome: 'expired' })
  expect(await becomesTrue(async () => (await needing()) === 0, 10)).toBe(true)
  run.stripe.payments.refundFromDashboard(charge, 9900)
  await bought.deliverEvent('charge.refunded', charge)
  expect(await needing()).toBe(0)
})

it('payment events without money raise no attention for a closed account', async () => {
  const { bought, workflow } = await orderedAndClosed()
  run.stripe.payments.expire(bought.session)
  await bought.deliverEvent('checkout.session.expired')
  await workflow.result()
  expect(await needing()).toBe(0)
})
