import { randomUUID } from 'node:crypto'
import type { Caller } from '../support/clients/caller.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let branding: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  branding = lotkeeper.as('branding')
})
afterAll(() => lotkeeper?.stop())

it('BR-01 credits refresh on the anniversary; a 31st is the last day of shorter months, then the 31st again', async () => {
  const account = await createTestAccount(branding, '2027-01-31T10:00:00.000Z')
  await account.join({ plan: 'freelancer', paid_through: '2027-06-30T10:00:00Z' })
  await account.advance('2027-06-01T00:00:00.000Z')
  expect((await account.lots()).map(lot => lot.slice('500 monthly '.length, '500 monthly 2027-01-31'.length))).toEqual([
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
    '2027-05-31',
  ])
  const entries = await account.entries()
  expect(entries.slice(0, 3)).toEqual([
    '2027-01-31T10:00:00 500 monthly: issued → available',
    '2027-02-28T10:00:00 500 monthly: available → expired',
    '2027-02-28T10:00:00 500 monthly: issued → available',
  ])
  expect(entries).toHaveLength(9)
  const march = await createTestAccount(branding, '2027-03-07T00:00:00.000Z')
  const { next_grant } = await march.join({ plan: 'freelancer' })
  expect(next_grant).toEqual({ at: '2027-04-07T00:00:00.000Z', amount: 500, source: 'monthly' })
})

it('BR-02 unused credits expire at the refresh', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer' })
  await branding.post(`${account.path}/charges`, { operation: 'standard-video' })
  await account.updateMembership(id, 'renew', { paid_through: '2027-03-15T00:00:00Z' })
  await account.advance('2027-02-15T00:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: 500, held: 0 })
  expect(await account.entries()).toEqual([
    '2027-01-15 500 monthly: issued → available',
    '2027-01-15 25 monthly: available → held',
    '2027-01-15 25 monthly: held → spent',
    '2027-02-15 475 monthly: available → expired',
    '2027-02-15 500 monthly: issued → available',
  ])
})

/** A grant on the 15th of each month; the one before it has expired (BR-02). */
function monthly(credits: number, months: string[]): string[] {
  return months.flatMap((month, n) => [
    ...(n > 0 ? [`2027-${month}-15 ${credits} monthly: available → expired`] : []),
    `2027-${month}-15 ${credits} monthly: issued → available`,
  ])
}

it.each([
  ['legacy-branding-app', 208],
  ['appsumo-tier-3', 167],
  ['appsumo-tier-2', 100],
  ['appsumo-tier-1', 50],
  ['zsuite', 42],
  ['other-legacy', 21],
])('BR-03 %s gives %i credits a month for life, without payment', async (plan, credits) => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  expect(await account.join({ plan })).toMatchObject({ state: 'active', paid_through: null })
  await account.advance('2027-04-20T00:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: credits })
  expect(await account.entries()).toEqual(monthly(credits, ['01', '02', '03', '04']))
})

it('BR-04 several legacy purchases add up, each on its own anniversary', async () => {
  const account = await createTestAccount(branding, '2027-01-05T00:00:00.000Z')
  await account.join({ plan: 'appsumo-tier-1' })
  await account.advance('2027-01-20T00:00:00.000Z')
  await account.join({ plan: 'zsuite' })
  expect(await account.balance()).toMatchObject({ available: 92 })
  await account.advance('2027-02-20T00:00:00.000Z')
  expect(await account.lots()).toEqual([
    '50 monthly 2027-01-05 → 2027-02-05',
    '42 monthly 2027-01-20 → 2027-02-20',
    '50 monthly 2027-02-05 → 2027-03-05',
    '42 monthly 2027-02-20 → 2027-03-20',
  ])
  expect(await account.entries()).toEqual([
    '2027-01-05 50 monthly: issued → available',
    '2027-01-20 42 monthly: issued → available',
    '2027-02-05 50 monthly: available → expired',
    '2027-02-05 50 monthly: issued → available',
    '2027-02-20 42 monthly: available → expired',
    '2027-02-20 42 monthly: issued → available',
  ])
})

it.each([
  ['freelancer', 500],
  ['agency', 1500],
])('BR-05 %s gives %i credits a month', async (plan, credits) => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan })
  expect(await account.balance()).toMatchObject({ available: credits })
  await account.updateMembership(id, 'renew', { paid_through: '2027-03-15T00:00:00Z' })
  await account.advance('2027-02-15T00:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: credits })
  expect(await account.entries()).toEqual(monthly(credits, ['01', '02']))
})

it('BR-06 an upgrade grants the difference at once; upgrades and downgrades grant nothing twice', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer', paid_through: '2027-03-15T00:00:00Z' })
  await account.advance('2027-01-25T00:00:00.000Z')
  expect(await account.updateMembership(id, 'change', { plan: 'agency' })).toMatchObject({ plan: 'agency' })
  expect(await account.balance()).toMatchObject({ available: 1500 })
  await account.updateMembership(id, 'change', { plan: 'freelancer', when: 'now' })
  await account.updateMembership(id, 'change', { plan: 'agency' })
  expect(await account.lots()).toEqual(['500 monthly 2027-01-15 → 2027-02-15', '1000 monthly 2027-01-25 → 2027-02-15'])
  expect(await account.updateMembership(id, 'change', { plan: 'freelancer' })).toMatchObject({
    plan: 'agency',
    scheduled_change: { plan: 'freelancer', slots: 1, at: '2027-02-15T00:00:00.000Z' },
    next_grant: { amount: 500 },
  })
  await account.advance('2027-02-15T00:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: 500 })
  expect(await account.entries()).toEqual([
    '2027-01-15 500 monthly: issued → available',
    '2027-01-25 1000 monthly: issued → available',
    '2027-02-15 500 monthly: available → expired',
    '2027-02-15 1000 monthly: available → expired',
    '2027-02-15 500 monthly: issued → available',
  ])
})

it('BR-06 an upgrade while lapsed grants its difference on reactivation', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer' })
  await account.updateMembership(id, 'lapse')
  await account.updateMembership(id, 'change', { plan: 'agency' })
  expect(await account.entries()).toHaveLength(1)
  expect(await account.updateMembership(id, 'reactivate')).toMatchObject({ plan: 'agency', state: 'active' })
  expect(await account.entries()).toEqual([
    '2027-01-15 500 monthly: issued → available',
    '2027-01-15 1000 monthly: issued → available',
  ])
})

it('BR-06 support adjusts a wrong balance after an upgrade', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer' })
  await account.updateMembership(id, 'change', { plan: 'agency' })
  const adjustment = { source: 'bonus', amount: 40, reason: 'upgrade of 15 January, adjusted' }
  expect(await lotkeeper.as('branding', 'support').post(`${account.path}/grants`, adjustment)).toMatchObject({
    status: 201,
  })
  expect(await account.balance()).toMatchObject({ available: 1540 })
  expect((await account.entries()).at(-1)).toBe('2027-01-15 40 bonus: issued → available')
})

it('BR-04 support combines memberships: one anniversary, the sum of their credits, nothing lost', async () => {
  const account = await createTestAccount(branding, '2027-01-05T00:00:00.000Z')
  const first = await account.join({ plan: 'appsumo-tier-1' })
  await account.advance('2027-01-20T00:00:00.000Z')
  const second = await account.join({ plan: 'zsuite' })
  const memberships = [second.id, first.id]
  const key = randomUUID()
  const combine = () => branding.post('/v1/memberships/combine', { memberships }, key)
  expect(await combine()).toMatchObject({
    status: 200,
    body: { id: first.id, next_grant: { at: '2027-02-05T00:00:00.000Z', amount: 92 } },
  })
  expect((await combine()).headers.get('idempotent-replayed')).toBe('true')
  expect((await branding.get(`/v1/memberships/${second.id}`)).body).toMatchObject({ state: 'ended' })
  expect(await account.balance()).toMatchObject({ available: 92 })
  await account.advance('2027-03-10T00:00:00.000Z')
  expect((await account.lots()).slice(2)).toEqual([
    '92 monthly 2027-02-05 → 2027-03-05',
    '92 monthly 2027-03-05 → 2027-04-05',
  ])
  expect(await branding.post('/v1/memberships/combine', { memberships })).toMatchObject({ status: 422 })
})
