import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import { purchaseWorkflowId } from '../../workflows/contract/ids.ts'
import { type PurchaseMessage, purchaseUpdate } from '../../workflows/contract/messages.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, type StripePurchase } from '../support/stand-ins/stripe-purchase.ts'

let run: LotkeeperWithStripe
let connection: Connection

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
  connection = await Connection.connect({ address: run.lotkeeper.temporalAddress })
})
afterEach(() => run.stripe.setDown(false))
afterAll(async () => {
  await connection?.close()
  await run?.stop()
})

const handleOf = ({ id }: StripePurchase): WorkflowHandle =>
  new Client({ connection }).workflow.getHandle(purchaseWorkflowId('kvidai', id))

async function pageOf(bought: StripePurchase): Promise<{ details: string; attributes: Record<string, unknown> }> {
  const handle = handleOf(bought)
  const metadata = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  const { typedSearchAttributes } = await handle.describe()
  const pairs = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])
  return { details: metadata.currentDetails, attributes: Object.fromEntries(pairs) }
}

it('shows its status, commands and history in the Temporal UI', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  const account = bought.time.path.split('/').at(-1)
  const waiting = await pageOf(bought)
  expect(waiting.details).toMatch(
    /1 × \*\*credits\*\* for .*₩9,900.*\*\*awaiting_payment\*\*.*--name event --workflow-id purchase\/kvidai\/pur_.*missing.*- 2027-01-31T09:00:00.000Z ordered/s,
  )
  expect(waiting.attributes).toMatchObject({
    Product: 'kvidai',
    Account: account,
    CreditsState: 'awaiting_payment',
  })

  run.stripe.setDown(true)
  await bought.post('missing')
  const late = await pageOf(bought)
  expect(late.details).toMatch(
    /^\*\*Needs attention\.\*\* Credits are late: the customer reports.*\*\*delayed\*\*.*"reissue"/s,
  )
  expect(late.attributes).toMatchObject({ CreditsState: 'delayed', NeedsAttention: true })

  await handleOf(bought).executeUpdate(purchaseUpdate, { args: [{ kind: 'reissue' }, 'from-the-ui'] })
  await handleOf(bought).executeUpdate(purchaseUpdate, { args: [{ kind: 'reissue' }, 'from-the-ui'] })
  const there = await pageOf(bought)
  expect(there.details).toMatch(/\*\*reissued\*\*.*"refund".*- \S+ late\n- \S+ reissued \{"credits":100\}$/s)
  expect(there.attributes).toMatchObject({ CreditsState: 'reissued', NeedsAttention: false })
  expect(await bought.time.balance()).toMatchObject({ available: 100 })
})

it('ends when the refund period is over, and starts again with the next payment event', async () => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  const charge = bought.pay()
  await bought.deliverEvent('checkout.session.completed')
  expect((await handleOf(bought).describe()).status.name).toBe('RUNNING')
  await bought.time.advance('2027-02-14T09:00:00.000Z')
  expect(await handleOf(bought).result()).toEqual({ outcome: 'fulfilled' })
  const dispute = run.stripe.payments.dispute(charge)
  await bought.deliverEvent('charge.dispute.created', dispute)
  expect(await bought.show()).toMatchObject({ state: 'disputed', lots: [{ revoked: 100 }] })
  expect((await handleOf(bought).describe()).status.name).toBe('RUNNING')
})

it.each([
  ['an unknown kind', [{ kind: 'explode' }, 'e1'], 'invalid_request'],
  ['no reason', [{ kind: 'refund' }, 'e2'], 'invalid_request'],
  ['no id', [{ kind: 'reissue' }], 'invalid_request'],
  ['money that Stripe should know of', [{ kind: 'payment', reference: 'x' }, 'e3'], 'invalid_request'],
])('an event straight from Temporal with %s is refused', async (_what, args, code) => {
  const bought = await order(run, 'kvidai', { pack: 'credits' })
  const sent = handleOf(bought).executeUpdate(purchaseUpdate, {
    args: args as unknown as [PurchaseMessage, string],
  })
  await expect(sent).rejects.toMatchObject({ cause: { type: code } })
  expect(await bought.show()).toMatchObject({ state: 'awaiting_payment', lots: [] })
})
