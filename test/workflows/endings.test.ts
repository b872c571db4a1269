import { ApplicationFailure } from '@temporalio/common'
import type { PurchaseStatus } from '../../activities/purchase.ts'
import {
  clockUpdate,
  paymentsProcessedUpdate,
  paymentUpdatedSignal,
  purchaseUpdate,
  resyncUpdate,
} from '../../workflows/contract/messages.ts'
import { membershipStatus, purchaseStatus } from '../support/operators/example-statuses.ts'
import { connectOwnActivities, type OwnActivities } from '../support/operators/own-activities.ts'
import { waitFor, within } from '../support/wait-for.ts'

// Messages that arrive while a workflow ends or continues as new.

let own: OwnActivities

beforeAll(async () => {
  own = await connectOwnActivities()
})
afterAll(() => own?.stop())

it('a purchase processes the payment event that arrives while a handler delays its end', async () => {
  const events: ((status: PurchaseStatus) => void)[] = []
  let applied = 0
  const activities = {
    openPurchase: async () => purchaseStatus({}),
    applyToPurchase: () => new Promise<PurchaseStatus>(resolve => events.push(resolve)),
    applyPaymentEvents: async () => {
      applied += 1
      return purchaseStatus({ running: false, state: 'disputed' })
    },
  }
  await own.run('purchase', { opening: { pack: 'credits', quantity: 1 } }, activities, async handle => {
    const sent = ['one', 'two'].map(id =>
      handle.executeUpdate(purchaseUpdate, { args: [{ kind: 'acknowledged' }, id] }),
    )
    await waitFor('the first event', () => events.length === 1)
    events[0]?.(purchaseStatus({ running: false }))
    await waitFor('the second event', () => events.length === 2)
    await handle.signal(paymentUpdatedSignal)
    const processed = handle.executeUpdate(paymentsProcessedUpdate)
    await handle.query('revision')
    events[1]?.(purchaseStatus({ running: false }))
    await within('the messages to be answered', Promise.all([processed, ...sent]), 10)
    expect(await handle.result()).toEqual({ outcome: 'disputed' })
  })
  expect(applied).toBe(1)
})

it('a membership that continues as new does what a handler waits for before', async () => {
  const [january, february] = ['2027-01-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z']
  const steps = [
    membershipStatus({ granted: true, next_due_at: february }),
    membershipStatus({ granted: true, state: 'ended' }),
  ]
  const activities = {
    openMembership: async () => membershipStatus({ next_due_at: january }),
    stepMembership: async () => steps.shift() ?? membershipStatus({ state: 'ended' }),
    readTestClock: async () => february,
  }
  const advances: Promise<void>[] = []
  await own.run(
    'membership',
    { opening: { plan: 'membership' } },
    activities,
    async handle => {
      await within('the clock to be advanced', Promise.all(advances), 10)
      expect(await handle.result()).toEqual({ outcome: 'ended' })
    },
    async handle => {
      for (const now of [january, february]) advances.push(handle.executeUpdate(clockUpdate, { args: [now] }))
    },
  )
})

it('a membership whose step is refused raises attention and goes on', async () => {
  const past = '2026-01-01T00:00:00.000Z'
  let isRefused = true
  const activities = {
    openMembership: async () => membershipStatus({ next_due_at: past, on_test_clock: false }),
    stepMembership: async () => {
      if (isRefused) throw ApplicationFailure.nonRetryable('The policy has no such plan.', 'not_found')
      return membershipStatus({ revision: 2 })
    },
  }
  await own.run('membership', { opening: { plan: 'membership' } }, activities, async handle => {
    const needsAttention = async () => (await handle.describe()).searchAttributes.NeedsAttention?.[0]
    await waitFor('attention', needsAttention, found => found === true)
    const details = async () =>
      (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails
    expect(await details()).toContain('Transition refused: The policy has no such plan.')
    isRefused = false
    await handle.executeUpdate(resyncUpdate)
    await waitFor('no attention', needsAttention, found => found === false)
    expect(await details()).not.toContain('Transition refused')
  })
})
