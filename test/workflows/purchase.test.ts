import type { WorkflowHandle } from '@temporalio/client'
import { purchaseWorkflowId } from '../../workflows/contract/ids.ts'
import { type PurchaseMessage, purchaseUpdate } from '../../workflows/contract/messages.ts'
import { type LotkeeperWithStripe, startLotkeeperWithStripe } from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { order, type StripePurchase } from '../support/stand-ins/stripe-purchase.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterEach(() => run.stripe.setDown(false))
afterAll(() => run?.stop())

const handleOf = ({ id }: StripePurchase): WorkflowHandle =>
  run.lotkeeper.temporal.workflow.getHandle(purchaseWorkflowId('kvidai', id))

async function uiOf(purchase: StripePurchase): Promise<{ details: string; attributes: Record<string, unknown> }> {
  const handle = handleOf(purchase)
  const metadata = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  const { typedSearchAttributes } = await handle.describe()
  const pairs = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])
  return { details: metadata.currentDetails, attributes: Object.fromEntries(pairs) }
}

it('a purchase shows its status, commands and history in the Temporal UI', async () => {
  const purchase = await order(run, 'kvidai', { pack: 'credits' })
  const account = purchase.time.path.split('/').at(-1)
  const waiting = await uiOf(purchase)
  expect(waiting.details).toMatch(
    /1 × \*\*credits\*\* for .*₩9,900.*\*\*awaiting_payment\*\*.*--name event --workflow-id purchase\/kvidai\/pur_.*missing.*- 2027-01-31T09:00:00.000Z ordered/s,
  )
  expect(waiting.attributes).toMatchObject({
    Product: 'kvidai',
    Account: account,
    CreditsState: 'awaiting_payment',
  })

  run.stripe.setDown(true)
  await purchase.post('missing')
  const late = await uiOf(purchase)
  expect(late.details).toMatch(
    /^\*\*Needs attention\.\*\* Credits are late: the customer reports.*\*\*delayed\*\*.*"reissue"/s,
  )
  expect(late.attributes).toMatchObject({ CreditsState: 'delayed', NeedsAttention: true })

  await handleOf(purchase).executeUpdate(purchaseUpdate, { args: [{ kind: 'reissue' }, 'from-the-ui'] })
  await handleOf(purchase).executeUpdate(purchaseUpdate, { args: [{ kind: 'reissue' }, 'from-the-ui'] })
  const granted = await uiOf(purchase)
  expect(granted.details).toMatch(/\*\*reissued\*\*.*"refund".*- \S+ late\n- \S+ reissued \{"credits":100\}$/s)
  expect(granted.attributes).toMatchObject({ CreditsState: 'reissued', NeedsAttention: false })
  expect(await purchase.time.balance()).toMatchObject({ available: 100 })
})

it('a purchase workflow ends with the refund period, and the next payment event starts it again', async () => {
  const purchase = await order(run, 'kvidai', { pack: 'credits' })
  const charge = purchase.pay()
  await purchase.deliverEvent('checkout.session.completed')
  expect((await handleOf(purchase).describe()).status.name).toBe('RUNNING')
  await purchase.time.advance('2027-02-14T09:00:00.000Z')
  expect(await handleOf(purchase).result()).toEqual({ outcome: 'fulfilled' })
  const dispute = run.stripe.payments.dispute(charge)
  await purchase.deliverEvent('charge.dispute.created', dispute)
  expect(await purchase.show()).toMatchObject({ state: 'disputed', lots: [{ revoked: 100 }] })
  expect((await handleOf(purchase).describe()).status.name).toBe('RUNNING')
})

it.each([
  ['an unknown kind', [{ kind: 'explode' }, 'e1'], 'invalid_request'],
  ['no reason', [{ kind: 'refund' }, 'e2'], 'invalid_request'],
  ['no id', [{ kind: 'reissue' }], 'invalid_request'],
  ['a manual payment of a Stripe purchase', [{ kind: 'payment', reference: 'x' }, 'e3'], 'invalid_request'],
])('an update through Temporal with %s is refused', async (_what, args, code) => {
  const purchase = await order(run, 'kvidai', { pack: 'credits' })
  const sent = handleOf(purchase).executeUpdate(purchaseUpdate, {
    args: args as unknown as [PurchaseMessage, string],
  })
  await expect(sent).rejects.toMatchObject({ cause: { type: code } })
  expect(await purchase.show()).toMatchObject({ state: 'awaiting_payment', lots: [] })
})
