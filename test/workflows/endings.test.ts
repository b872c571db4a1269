import { randomUUID } from 'node:crypto'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { pino } from 'pino'
import type { MembershipStatus } from '../../activities/membership.ts'
import type { PurchaseStatus } from '../../activities/purchase.ts'
import { observeTemporal } from '../../worker/bootstrap/logging.ts'
import { registerSearchAttributes } from '../../worker/bootstrap/search-attributes.ts'
import {
  clockUpdate,
  paymentsProcessedUpdate,
  paymentUpdatedSignal,
  purchaseUpdate,
  resyncUpdate,
} from '../../workflows/contract/messages.ts'
import { temporalAddress, workflowBundle } from '../support/run/servers.ts'
import { waitFor, within } from '../support/wait-for.ts'

// Messages that arrive while a workflow ends or continues as new. The activities are the test's own.

let native: NativeConnection
let connection: Connection

beforeAll(async () => {
  observeTemporal(pino({ level: 'silent' }))
  native = await NativeConnection.connect({ address: temporalAddress() })
  connection = await Connection.connect({ address: temporalAddress() })
  await registerSearchAttributes(connection, 'default')
})
afterAll(() => Promise.all([connection?.close(), native?.close()]))

/** Starts a workflow; a worker runs while `work` does. */
async function run(
  type: string,
  input: object,
  activities: WorkerOptions['activities'] & object,
  before: (handle: WorkflowHandle) => Promise<void>,
  work: (handle: WorkflowHandle) => Promise<void>,
): Promise<void> {
  const taskQueue = `test-${randomUUID()}`
  const workflowBundleCode = { code: await workflowBundle() }
  const worker = await Worker.create({ connection: native, taskQueue, workflowBundle: workflowBundleCode, activities })
  const { workflow } = new Client({ connection })
  const handle = await workflow.start(type, { workflowId: `${type}/kvidai/${randomUUID()}`, taskQueue, args: [input] })
  await before(handle)
  await worker.runUntil(work(handle))
}

const purchase = (fields: Partial<PurchaseStatus>): PurchaseStatus => ({
  state: 'fulfilled',
  summary: '',
  timeline: [],
  work: null,
  next_due_at: null,
  on_test_clock: false,
  revision: 1,
  running: true,
  attention: null,
  ...fields,
})

it('a purchase processes the payment event that arrives while a handler delays its end', async () => {
  const events: ((status: PurchaseStatus) => void)[] = []
  let applied = 0
  const activities = {
    openPurchase: async () => purchase({}),
    applyToPurchase: () => new Promise<PurchaseStatus>(resolve => events.push(resolve)),
    applyPaymentEvents: async () => {
      applied += 1
      return purchase({ running: false, state: 'disputed' })
    },
  }
  const input = { product: 'kvidai', account: 'ada', id: 'p', opening: { pack: 'credits', quantity: 1 } }
  await run(
    'purchase',
    input,
    activities,
    async () => undefined,
    async handle => {
      const sent = ['one', 'two'].map(id =>
        handle.executeUpdate(purchaseUpdate, { args: [{ kind: 'acknowledged' }, id] }),
      )
      await waitFor('the first event', () => events.length === 1)
      events[0]?.(purchase({ running: false }))
      await waitFor('the second event', () => events.length === 2)
      await handle.signal(paymentUpdatedSignal)
      const processed = handle.executeUpdate(paymentsProcessedUpdate)
      await handle.query('revision')
      events[1]?.(purchase({ running: false }))
      await within('the messages to be answered', Promise.all([processed, ...sent]), 10)
      expect(await handle.result()).toEqual({ outcome: 'disputed' })
    },
  )
  expect(applied).toBe(1)
})

const membership = (fields: Partial<MembershipStatus>): MembershipStatus => ({
  state: 'active',
  plan: 'membership',
  slots: 1,
  paid_through: null,
  next_due_at: null,
  next_grant: { at: '2027-01-01T00:00:00.000Z', credits: 1 },
  cancel_at_period_end: false,
  on_test_clock: true,
  subscription_change: null,
  granted: false,
  revision: 1,
  payer: { provider: 'manual', external_id: null, status: null },
  attention: null,
  retry_after_ms: null,
  ...fields,
})

it('a membership that continues as new does what a handler waits for before', async () => {
  const [january, february] = ['2027-01-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z']
  const steps = [membership({ granted: true, next_due_at: february }), membership({ granted: true, state: 'ended' })]
  const activities = {
    openMembership: async () => membership({ next_due_at: january }),
    stepMembership: async () => steps.shift() ?? membership({ state: 'ended' }),
  }
  const advances: Promise<void>[] = []
  await run(
    'membership',
    { product: 'kvidai', account: 'ada', id: 'm', opening: { plan: 'membership' } },
    activities,
    async handle => {
      for (const now of [january, february]) advances.push(handle.executeUpdate(clockUpdate, { args: [now] }))
    },
    async handle => {
      await within('the clock to be advanced', Promise.all(advances), 10)
      expect(await handle.result()).toEqual({ outcome: 'ended' })
    },
  )
})

it('a membership whose step is refused raises attention and goes on', async () => {
  const past = '2026-01-01T00:00:00.000Z'
  let isRefused = true
  const activities = {
    openMembership: async () => membership({ next_due_at: past, on_test_clock: false }),
    stepMembership: async () => {
      if (isRefused) throw ApplicationFailure.nonRetryable('The policy has no such plan.', 'not_found')
      return membership({ revision: 2 })
    },
  }
  await run(
    'membership',
    { product: 'kvidai', account: 'ada', id: 'm', opening: { plan: 'membership' } },
    activities,
    async () => undefined,
    async handle => {
      const needsAttention = async () => (await handle.describe()).searchAttributes.NeedsAttention?.[0]
      await waitFor('attention', needsAttention, found => found === true)
      const details = async () =>
        (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails
      expect(await details()).toContain('Transition refused: The policy has no such plan.')
      isRefused = false
      await handle.executeUpdate(resyncUpdate)
      await waitFor('no attention', needsAttention, found => found === false)
      expect(await details()).not.toContain('Transition refused')
    },
  )
})
