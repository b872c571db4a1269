import { randomUUID } from 'node:crypto'
import { ApplicationFailure } from '@temporalio/common'
import { resyncUpdate, subscriptionUpdatedSignal } from '../../workflows/contract/messages.ts'
import { membershipStatus } from '../support/operators/example-statuses.ts'
import { connectOwnActivities, type OwnActivities } from '../support/operators/own-activities.ts'
import { waitFor } from '../support/wait-for.ts'

// Work that is retried outlives a restart, a continue-as-new and the end of a membership; a cancelled poll gives it up.

let own: OwnActivities

beforeAll(async () => {
  own = await connectOwnActivities()
})
afterAll(() => own?.stop())

const refuse = (type: string) => {
  throw ApplicationFailure.nonRetryable('Refused by the test.', type)
}
const due = { next_due_at: '2026-01-01T00:00:00.000Z', on_test_clock: false }

it('a membership that was lost retries a refused step, with attention', async () => {
  let isRefused = true
  const activities = {
    stepMembership: async () => (isRefused ? refuse('invalid_request') : membershipStatus({ revision: 2 })),
    readMembership: async () => membershipStatus(due),
  }
  await own.run('membership', {}, activities, async handle => {
    const needsAttention = async () => (await handle.describe()).searchAttributes.NeedsAttention?.[0]
    await waitFor('attention', needsAttention, found => found === true)
    isRefused = false
    await handle.executeUpdate(resyncUpdate)
    await waitFor('no attention', needsAttention, found => found === false)
  })
})

it('a membership that continues as new retries a refused step, and asks the provider again', async () => {
  let steps = 0
  const questions: ((error: Error) => void)[] = []
  const activities = {
    openMembership: async () => membershipStatus(due),
    stepMembership: async () =>
      ++steps === 1 ? membershipStatus({ ...due, granted: true }) : refuse('invalid_request'),
    readMembership: async () => membershipStatus(due),
    readSubscription: () => new Promise((_, reject) => questions.push(reject)),
  }
  await own.run(
    'membership',
    { opening: { plan: 'membership' } },
    activities,
    async handle => {
      await waitFor('the refused step', () => steps === 2 && questions.length === 1)
      questions[0]?.(ApplicationFailure.nonRetryable('Refused by the test.', 'temporarily_unavailable'))
      await waitFor('another step and question', () => steps === 3 && questions.length === 2)
      await handle.terminate()
      questions[1]?.(new Error('the test is over'))
    },
    handle => handle.signal(subscriptionUpdatedSignal),
  )
})

it('a membership that ended asks its provider again for what it could not apply', async () => {
  let isDown = true
  const activities = {
    stepMembership: async () => membershipStatus({ state: 'ended', revision: 1 }),
    readSubscription: async () => (isDown ? refuse('temporarily_unavailable') : {}),
    applySubscription: async () => membershipStatus({ state: 'ended', revision: 2 }),
  }
  await own.run(
    'membership',
    {},
    activities,
    async handle => {
      await waitFor(
        'the end of the signal',
        async () => (await handle.fetchHistory()).events?.length,
        n => (n ?? 0) > 8,
      )
      expect((await handle.describe()).status.name).toBe('RUNNING')
      isDown = false
      await handle.executeUpdate('check')
      expect(await handle.result()).toEqual({ outcome: 'ended' })
    },
    handle => handle.signal(subscriptionUpdatedSignal),
  )
})

it('an ended membership that a poll starts again asks its provider', async () => {
  const missed = { kind: 'membership', product: 'kvidai', account: 'ada', id: randomUUID() }
  let asked = 0
  let polls = 0
  const activities = {
    findMissedEvents: async () => ({ missed: polls++ ? [] : [missed], position: '', until: '', more: false }),
    markProcessed: async () => undefined,
    stepMembership: async () => membershipStatus({ state: 'ended' }),
    readSubscription: async () => {
      asked += 1
      return {}
    },
    applySubscription: async () => membershipStatus({ state: 'ended' }),
  }
  await own.run('stripeEvents', {}, activities, async handle => {
    expect(await handle.result()).toMatchObject({ missed: 1 })
    await waitFor('the question', () => asked > 0)
  })
})

it.each([
  ['stripeEvents', 'findMissedEvents', { cancelled: true }],
  ['reconcile', 'reconcileBatch', { cancelled: true }],
  ['auditSweep', 'sweepAccounts', { looked_at: 0, found: 0 }],
  ['policyAnnouncements', 'announceToBatch', { announced: 0 }],
])('%s ends when it is cancelled while an activity is retried', async (type, activity, result) => {
  let tries = 0
  const fail = async () => {
    tries += 1
    throw new Error('the database is away')
  }
  await own.run(type, { accounts_per_minute: 60, repair: false }, { [activity]: fail }, async handle => {
    await waitFor('a retry', () => tries > 1)
    await handle.cancel()
    expect(await handle.result()).toEqual(result)
  })
})
