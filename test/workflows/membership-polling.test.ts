import { membershipWorkflowId } from '../../workflows/contract/ids.ts'
import {
  FEB,
  JAN,
  type LotkeeperWithStripe,
  MAR,
  membershipsOf,
  startLotkeeperWithStripe,
  subscribed,
} from '../support/stand-ins/lotkeeper-with-stripe.ts'
import { waitFor } from '../support/wait-for.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe({ STRIPE_RETRY_SECONDS: '1' })
})
afterAll(() => run?.stop())

it('a membership polls an unreachable Stripe until it answers', async () => {
  const { stripe } = run
  const { time, id } = await subscribed(run)
  await run.deliver(stripe.event('invoice.paid', stripe.invoice(id, JAN, FEB)))
  const membership = async () => (await membershipsOf(time))[0]
  const handle = run.lotkeeper.temporal.workflow.getHandle(membershipWorkflowId('x-design', (await membership()).id))
  const needsAttention = async () => (await handle.describe()).searchAttributes.NeedsAttention?.[0] === true

  stripe.setDown(true)
  stripe.invoice(id, FEB, MAR)
  await time.advance('2026-02-10T01:00:00.000Z')
  expect(await membership()).toMatchObject({ state: 'past_due', paid_through: FEB })
  expect(await needsAttention()).toBe(true)
  const requestsBefore = stripe.requestCount()
  await waitFor(
    'four more requests to Stripe',
    async () => stripe.requestCount(),
    now => now >= requestsBefore + 4,
  )
  stripe.setDown(false)
  expect(await waitFor('the renewal', membership, ({ state }) => state === 'active')).toMatchObject({
    paid_through: MAR,
    anchor: JAN,
  })
  await waitFor('no attention', needsAttention, raised => !raised)
  expect(await time.entries()).toHaveLength(2)
})

it('a membership raises attention and polls no more when Stripe no longer knows its subscription', async () => {
  const { stripe } = run
  const { time, id } = await subscribed(run)
  await run.deliver(stripe.event('invoice.paid', stripe.invoice(id, JAN, FEB)))
  const [{ id: membership }] = await membershipsOf(time)
  stripe.forget(id)
  await time.advance(MAR)
  expect((await membershipsOf(time))[0]).toMatchObject({ state: 'lapsed', paid_through: FEB })
  const handle = run.lotkeeper.temporal.workflow.getHandle(membershipWorkflowId('x-design', membership))
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  expect(currentDetails).toMatch(/Needs attention.*Stripe knows no subscription/s)
  const { events = [] } = await handle.fetchHistory()
  const delays = events?.map(event => Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds))
  expect(delays).not.toContain(1)
})
