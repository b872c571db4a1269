import type { Caller } from '../support/clients/caller.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let design: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  design = lotkeeper.as('x-design')
})
afterAll(() => lotkeeper?.stop())

it('XD-09 on lapse subscription credits freeze, and return in full however much later', async () => {
  const account = await createTestAccount(design, '2026-01-01T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member' })
  await account.advance('2026-01-31T23:59:59.000Z')
  expect(await account.balance()).toMatchObject({ available: 100, frozen: 0 })
  await account.advance('2026-02-01T00:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: 0, frozen: 100 })
  expect(await design.post(`${account.path}/generations`, { operation: 'ai-logo' })).toMatchObject({
    status: 403,
    body: { code: 'membership_required', lapsed_at: '2026-02-01T00:00:00.000Z' },
  })
  await account.advance('2027-06-10T00:00:00.000Z')
  expect(await account.updateMembership(id, 'reactivate')).toMatchObject({
    state: 'active',
    anchor: '2027-06-10T00:00:00.000Z',
    paid_through: '2027-07-10T00:00:00.000Z',
  })
  expect(await account.balance()).toMatchObject({ available: 200, frozen: 0 })
  const past = (await design.get(`${account.path}/balance?at=2026-08-01T00:00:00Z`)).body
  expect(past).toMatchObject({ available: 0, frozen: 100 })
  expect(await account.entries()).toEqual([
    '2026-01-01 100 subscription: issued → available',
    '2027-06-10 100 subscription: issued → available',
  ])
})

it('XD-09 reactivation within a granted month grants nothing again and keeps the anchor', async () => {
  const account = await createTestAccount(design, '2026-01-01T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member' })
  await account.advance('2026-01-10T00:00:00.000Z')
  expect(await account.updateMembership(id, 'lapse')).toMatchObject({ state: 'lapsed' })
  expect(await account.balance()).toMatchObject({ available: 0, frozen: 100 })
  await account.advance('2026-01-20T00:00:00.000Z')
  expect(await account.updateMembership(id, 'reactivate')).toMatchObject({
    anchor: '2026-01-01T00:00:00.000Z',
    state: 'active',
  })
  expect(await account.balance()).toMatchObject({ available: 100, frozen: 0 })
  expect(await account.entries()).toEqual(['2026-01-01 100 subscription: issued → available'])
})

it('XD-09 promotional credits freeze with the others, without ledger entries', async () => {
  const account = await createTestAccount(design, '2026-01-01T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member' })
  const expires_at = '2026-03-10T00:00:00Z'
  await design.post(`${account.path}/grants`, {
    source: 'promotional',
    amount: 30,
    reason: 'a campaign',
    expires_at,
  })
  await account.advance('2026-02-15T00:00:00.000Z')
  expect((await account.balance()).by_source).toMatchObject({
    promotional: { available: 0, frozen: 30 },
    subscription: { available: 0, frozen: 100 },
  })
  await account.updateMembership(id, 'reactivate')
  expect(await account.balance()).toMatchObject({ available: 230, frozen: 0 })
  expect(await account.entries()).toEqual([
    '2026-01-01 100 subscription: issued → available',
    '2026-01-01 30 promotional: issued → available',
    '2026-02-15 100 subscription: issued → available',
  ])
})

it('XD-09 a renewal that arrives after its period gets one grant, frozen until reactivation', async () => {
  const account = await createTestAccount(design, '2026-01-01T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member' })
  await account.advance('2026-03-20T00:00:00.000Z')
  const paid = { paid_through: '2026-03-01T00:00:00Z' }
  expect(await account.updateMembership(id, 'renew', paid)).toMatchObject({
    state: 'lapsed',
    anchor: '2026-01-01T00:00:00.000Z',
  })
  expect(await account.balance()).toMatchObject({ available: 0, frozen: 200 })
  await account.updateMembership(id, 'renew', paid)
  expect(await account.updateMembership(id, 'reactivate')).toMatchObject({ anchor: '2026-03-20T00:00:00.000Z' })
  expect(await account.balance()).toMatchObject({ available: 300, frozen: 0 })
  expect(await account.entries()).toEqual([
    '2026-01-01 100 subscription: issued → available',
    '2026-02-01 100 subscription: issued → available',
    '2026-03-20 100 subscription: issued → available',
  ])
})

it('XD-10 trial credits arrive at once and are valid only during the trial', async () => {
  const account = await createTestAccount(design, '2026-01-01T12:00:00.000Z')
  expect(await account.join({ plan: 'member', trial: true })).toMatchObject({ state: 'trialing' })
  expect(await account.balance()).toMatchObject({
    available: 20,
    next_expiry: { at: '2026-01-08T12:00:00.000Z', amount: 20 },
  })
  await account.advance('2026-01-08T12:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: 0, frozen: 0 })
  expect(await account.entries()).toEqual([
    '2026-01-01T12:00:00 20 trial: issued → available',
    '2026-01-08T12:00:00 20 trial: available → expired',
  ])
})

it('XD-10 a paid trial becomes a membership at its end', async () => {
  const account = await createTestAccount(design, '2026-01-01T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member', trial: true })
  await account.updateMembership(id, 'renew', { paid_through: '2026-02-08T00:00:00Z' })
  await account.advance('2026-01-08T00:00:00.000Z')
  expect((await design.get(`/v1/memberships/${id}`)).body).toMatchObject({
    state: 'active',
    anchor: '2026-01-08T00:00:00.000Z',
  })
  expect(await account.lots()).toEqual(['20 trial 2026-01-01 → 2026-01-08', '100 subscription 2026-01-08 → never'])
  expect(await account.entries()).toEqual([
    '2026-01-01 20 trial: issued → available',
    '2026-01-08 20 trial: available → expired',
    '2026-01-08 100 subscription: issued → available',
  ])
})

it('XD-11 purchased credits freeze on lapse, resume, and may expire while frozen', async () => {
  const account = await createTestAccount(design, '2026-01-01T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member' })
  await design.post(`${account.path}/grants`, { source: 'purchased', amount: 50, reason: 'a pack' })
  await account.advance('2026-03-01T00:00:00.000Z')
  expect((await account.balance()).by_source.purchased).toEqual({ available: 0, held: 0, frozen: 50 })
  await account.updateMembership(id, 'reactivate')
  expect((await account.balance()).by_source.purchased).toEqual({ available: 50, held: 0, frozen: 0 })
  await account.advance('2027-12-31T23:59:59.000Z')
  expect((await account.balance()).by_source.purchased.frozen).toBe(50)
  await account.advance('2028-01-01T00:00:00.000Z')
  expect((await account.balance()).by_source.purchased).toEqual({ available: 0, held: 0, frozen: 0 })
  expect(await account.entries()).toContain('2028-01-01 50 purchased: available → expired')
})
