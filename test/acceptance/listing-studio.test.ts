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
  expect(await time.moves()).toEqual([
    '2027-03-10 500 monthly: issued → available',
    '2027-03-10 100 monthly: issued → available',
    '2027-04-01 500 monthly: available → expired',
    '2027-04-01 100 monthly: available → expired',
    '2027-04-01 200 monthly: issued → available',
  ])
})

it('LS-05 more slots again in the same month give only what was not given; fewer wait for the reset', async () => {
  const time = await startTimeline(studio, '2027-03-10T00:00:00.000Z')
  const paid = { paid_through: '2027-09-01T00:00:00Z' }
  const { id } = await time.join({ plan: 'professional-plus', slots: 5, ...paid })
  await time.tell(id, 'change', { slots: 8 })
  await time.tell(id, 'change', { slots: 2 })
  expect(await time.tell(id, 'change', { slots: 10 })).toMatchObject({ slots: 10, scheduled_change: null })
  await time.tell(id, 'change', { slots: 4, when: 'now' })
  expect(await time.balance()).toMatchObject({ available: 100 })
  await time.tell(id, 'change', { slots: 12, when: 'next_grant' })
  await time.advance('2027-05-01T00:00:00.000Z')
  expect(await time.moves()).toEqual([
    '2027-03-10 50 monthly: issued → available',
    '2027-03-10 30 monthly: issued → available',
    '2027-03-10 20 monthly: issued → available',
    ...['50', '30', '20'].map(amount => `2027-04-01 ${amount} monthly: available → expired`),
    '2027-04-01 120 monthly: issued → available',
    '2027-05-01 120 monthly: available → expired',
    '2027-05-01 120 monthly: issued → available',
  ])
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
  expect(await time.moves()).toEqual([])
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
  expect(await time.moves()).toEqual([
    '2027-01-20T15:00:00 50 monthly: issued → available',
    '2027-02-01 50 monthly: available → expired',
    '2027-02-01 50 monthly: issued → available',
    '2027-03-01 50 monthly: available → expired',
    '2027-03-01 50 monthly: issued → available',
  ])
})
