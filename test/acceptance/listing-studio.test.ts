import { type Caller, type Lotkeeper, startLotkeeper } from '../support/lotkeeper.ts'
import { startTimeline } from '../support/timeline.ts'

let lotkeeper: Lotkeeper
let studio: Caller

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  studio = lotkeeper.as('listing-studio')
})
afterAll(() => lotkeeper?.stop())

it('LS-05 booked slots × 10 a month; a change of slots follows the policy', async () => {
  const time = await startTimeline(studio, '2027-03-10T00:00:00.000Z')
  const { id } = await time.join({
    plan: 'professional-plus',
    slots: 50,
    paid_through: '2027-09-01T00:00:00Z',
  })
  expect(await time.balance()).toMatchObject({ available: 500 })
  await time.tell(id, 'change', { slots: 60 })
  expect(await time.balance()).toMatchObject({ available: 600 })
  expect(await time.tell(id, 'change', { slots: 20 })).toMatchObject({
    slots: 60,
    scheduled_change: { slots: 20 },
  })
  await time.advance('2027-04-01T00:00:00.000Z')
  expect(await time.balance()).toMatchObject({ available: 200 })
})

it('LS-06 an amount that is not configured is said, never a silent 0', async () => {
  const time = await startTimeline(studio, '2027-03-10T00:00:00.000Z')
  expect(await time.join({ plan: 'professional', slots: 50 })).toMatchObject({
    state: 'active',
    not_configured: ['monthly_credits'],
    next_grant: null,
  })
  expect(await time.moves()).toEqual([])
})

it('LS-07 basic includes no credits', async () => {
  const time = await startTimeline(studio, '2027-03-10T00:00:00.000Z')
  const joined = await time.join({ plan: 'basic' })
  expect(joined).toMatchObject({ state: 'active', next_grant: null })
  expect(joined.not_configured).toBeUndefined()
  expect(await time.balance()).toMatchObject({ available: 0 })
})

it('LS-08 monthly credits reset on the first of the month and do not carry over', async () => {
  const time = await startTimeline(studio, '2027-01-20T15:00:00.000Z')
  await time.join({ plan: 'professional-plus', slots: 5, paid_through: '2027-04-01T00:00:00Z' })
  await time.advance('2027-03-15T00:00:00.000Z')
  expect(await time.lots()).toEqual([
    '50 monthly 2027-01-20T15:00:00 → 2027-02-01',
    '50 monthly 2027-02-01 → 2027-03-01',
    '50 monthly 2027-03-01 → 2027-04-01',
  ])
  expect(await time.balance()).toMatchObject({ available: 50 })
})
