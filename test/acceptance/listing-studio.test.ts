import type { Caller } from '../support/clients/caller.ts'
import { createTestAccount } from '../support/clients/test-account.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let studio: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  studio = lotkeeper.as('listing-studio')
})
afterAll(() => lotkeeper?.stop())

it('LS-05 booked slots × 10 a month; a change of slots follows the policy', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  const { id } = await account.join({
    plan: 'professional-plus',
    slots: 50,
    paid_through: '2027-09-01T00:00:00Z',
  })
  expect(await account.balance()).toMatchObject({ available: 500 })
  await account.updateMembership(id, 'change', { slots: 60 })
  expect(await account.balance()).toMatchObject({ available: 600 })
  expect(await account.updateMembership(id, 'change', { slots: 20 })).toMatchObject({
    slots: 60,
    scheduled_change: { slots: 20, at: '2027-04-01T00:00:00.000Z' },
  })
  await account.advance('2027-04-01T00:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: 200 })
  expect(await account.entries()).toEqual([
    '2027-03-10 500 monthly: issued → available',
    '2027-03-10 100 monthly: issued → available',
    '2027-04-01 500 monthly: available → expired',
    '2027-04-01 100 monthly: available → expired',
    '2027-04-01 200 monthly: issued → available',
  ])
})

it('LS-05 more slots in the same month grant only what was not granted; fewer slots wait for the reset', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  const paid = { paid_through: '2027-09-01T00:00:00Z' }
  const { id } = await account.join({ plan: 'professional-plus', slots: 5, ...paid })
  await account.updateMembership(id, 'change', { slots: 8 })
  await account.updateMembership(id, 'change', { slots: 2 })
  expect(await account.updateMembership(id, 'change', { slots: 10 })).toMatchObject({
    slots: 10,
    scheduled_change: null,
  })
  await account.updateMembership(id, 'change', { slots: 4, when: 'now' })
  expect(await account.balance()).toMatchObject({ available: 100 })
  await account.updateMembership(id, 'change', { slots: 12, when: 'next_grant' })
  await account.advance('2027-05-01T00:00:00.000Z')
  expect(await account.entries()).toEqual([
    '2027-03-10 50 monthly: issued → available',
    '2027-03-10 30 monthly: issued → available',
    '2027-03-10 20 monthly: issued → available',
    ...['50', '30', '20'].map(amount => `2027-04-01 ${amount} monthly: available → expired`),
    '2027-04-01 120 monthly: issued → available',
    '2027-05-01 120 monthly: available → expired',
    '2027-05-01 120 monthly: issued → available',
  ])
})

it('LS-06 an amount that is not configured is reported, never a silent 0', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  expect(await account.join({ plan: 'professional', slots: 50 })).toMatchObject({
    state: 'active',
    not_configured: ['monthly_credits'],
    next_grant: null,
  })
  expect(await account.entries()).toEqual([])
})

it('LS-07 basic includes no credits', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  const joined = await account.join({ plan: 'basic' })
  expect(joined).toMatchObject({ state: 'active', next_grant: null })
  expect(joined.not_configured).toBeUndefined()
  expect(await account.balance()).toMatchObject({ available: 0 })
  expect(await account.entries()).toEqual([])
})

it('LS-08 monthly credits reset on the first of the month and do not carry over', async () => {
  const account = await createTestAccount(studio, '2027-01-20T15:00:00.000Z')
  await account.join({ plan: 'professional-plus', slots: 5, paid_through: '2027-04-01T00:00:00Z' })
  await account.advance('2027-03-15T00:00:00.000Z')
  expect(await account.lots()).toEqual([
    '50 monthly 2027-01-20T15:00:00 → 2027-02-01',
    '50 monthly 2027-02-01 → 2027-03-01',
    '50 launch 2027-02-01 → 2027-03-01',
    '50 monthly 2027-03-01 → 2027-04-01',
  ])
  expect(await account.balance()).toMatchObject({ available: 50 })
  expect(await account.entries()).toEqual([
    '2027-01-20T15:00:00 50 monthly: issued → available',
    '2027-02-01 50 monthly: available → expired',
    '2027-02-01 50 monthly: issued → available',
    '2027-02-01 50 launch: issued → available',
    '2027-03-01 50 monthly: available → expired',
    '2027-03-01 50 launch: available → expired',
    '2027-03-01 50 monthly: issued → available',
  ])
})

const apply = (outputs: number, options: object = { background: true }) => ({
  operation: 'apply-changes',
  outputs,
  options,
})

it('LS-01 one credit per photo each time, with a logo or without; never a logo without a background', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  await account.join({ plan: 'professional-plus', slots: 5 })
  const press = async (outputs: number, options?: object) => {
    const { body } = await account.generate(apply(outputs, options))
    await account.settle(body.id, 'complete')
    return body.cost
  }
  expect(await press(1)).toBe(1)
  expect(await press(1, { background: true, logo: true })).toBe(1)
  expect(await press(1)).toBe(1)
  expect(await press(3)).toBe(3)
  for (const options of [{ logo: true }, { logo: true, background: false }])
    expect(await account.generate(apply(1, options))).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ path: 'options.logo' }] },
    })
  expect(await account.balance()).toMatchObject({ available: 44, held: 0 })
  expect((await account.entries()).filter(entry => entry.endsWith('spent'))).toEqual([
    '2027-03-10 1 monthly: held → spent',
    '2027-03-10 1 monthly: held → spent',
    '2027-03-10 1 monthly: held → spent',
    '2027-03-10 3 monthly: held → spent',
  ])
})

it('LS-02 reverting to the original is free, also without any credits', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  const { status, body } = await account.generate({ operation: 'revert', outputs: 10 })
  expect({ status, cost: body.cost }).toEqual({ status: 201, cost: 0 })
  expect(await account.settle(body.id, 'complete')).toMatchObject({ state: 'committed', spent: 0 })
  expect(await account.entries()).toEqual([])
})

it('LS-03 reports of a defective image are free, repeated ones too, and so is its correction', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  await account.join({ plan: 'professional-plus', slots: 1 })
  const { body: original } = await account.generate(apply(3))
  const correction = { ...apply(1), correction_of: original.id }
  expect(await studio.post(`/v1/generations/${original.id}/report-defect`)).toMatchObject({ status: 422 })
  await account.settle(original.id, 'complete')
  expect(await account.generate(correction)).toMatchObject({ status: 422, body: { code: 'invalid_request' } })
  const report = () => account.settle(original.id, 'report-defect', { reason: 'the wheels are gone' })
  expect(await report()).toEqual({ id: original.id, corrections: { allowed: 1, used: 0 } })
  expect(await report()).toEqual({ id: original.id, corrections: { allowed: 1, used: 0 } })

  const failed = await account.generate(correction)
  expect(failed).toMatchObject({ status: 201, body: { cost: 0, correction_of: original.id } })
  expect(await account.generate(correction)).toMatchObject({ status: 422 })
  await account.settle(failed.body.id, 'fail')
  const corrected = await account.generate(correction)
  await account.settle(corrected.body.id, 'complete')
  expect(await account.generate(correction)).toMatchObject({
    status: 422,
    body: { code: 'invalid_request', errors: [{ path: 'correction_of' }] },
  })
  expect(await report()).toEqual({ id: original.id, corrections: { allowed: 2, used: 1 } })
  expect(await account.generate({ ...correction, outputs: 4 })).toMatchObject({ status: 422 })
  expect((await account.generate(correction)).status).toBe(201)
  expect(await account.entries()).toEqual([
    '2027-03-10 10 monthly: issued → available',
    '2027-03-10 3 monthly: available → held',
    '2027-03-10 3 monthly: held → spent',
  ])
})

it('LS-03 a free correction needs an image of the same account', async () => {
  const [own, other] = await Promise.all([
    createTestAccount(studio, '2027-03-10T00:00:00.000Z'),
    createTestAccount(studio, '2027-03-10T00:00:00.000Z'),
  ])
  await own.join({ plan: 'professional-plus' })
  const { body } = await own.generate(apply(1))
  await own.settle(body.id, 'complete')
  await own.settle(body.id, 'report-defect')
  expect(await other.generate({ ...apply(1), correction_of: body.id })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'correction_of' }] },
  })
})

it('LS-04 premium is unlimited within fair use, which resets monthly', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  await account.join({ plan: 'premium', paid_through: '2027-06-01T00:00:00Z' })
  const unlimited = async () => (await account.balance()).unlimited
  expect(await unlimited()).toEqual({ fair_use_limit: 5000, used: 0, resets_at: '2027-04-01T00:00:00.000Z' })
  const many = Array.from({ length: 49 }, () => studio.post(`${account.path}/charges`, apply(100)))
  expect(new Set((await Promise.all(many)).map(answer => answer.status))).toEqual(new Set([201]))
  const last = await account.generate(apply(100))
  expect(last).toMatchObject({ status: 201, body: { cost: 0, held: 0 } })
  const reached = { code: 'fair_use_reached', limit: 5000, used: 5000, resets_at: '2027-04-01T00:00:00.000Z' }
  expect(await account.generate(apply(1))).toMatchObject({ status: 429, body: reached })
  expect((await account.generate({ operation: 'revert' })).status).toBe(201)
  await account.grant('purchased', 2)
  expect((await studio.post(`${account.path}/quotes`, apply(2))).body).toMatchObject({ allowed: true, cost: 2 })
  expect((await studio.post(`${account.path}/charges`, apply(2))).body).toMatchObject({ cost: 2, spent: 2 })
  expect(await account.generate(apply(1))).toMatchObject({ status: 429, body: reached })
  await account.settle(last.body.id, 'complete', { delivered: 40 })
  expect(await unlimited()).toMatchObject({ used: 4940 })
  expect((await account.generate(apply(60))).status).toBe(201)
  await account.advance('2027-04-01T00:00:00.000Z')
  expect(await unlimited()).toMatchObject({ used: 0, resets_at: '2027-05-01T00:00:00.000Z' })
  expect(await account.entries()).toEqual([
    '2027-03-10 2 purchased: issued → available',
    '2027-03-10 2 purchased: available → held',
    '2027-03-10 2 purchased: held → spent',
  ])
})

it('LS-09 launch credits live four weeks from the launch, whenever the member joins, also over a reset', async () => {
  const early = await createTestAccount(studio, '2027-01-20T00:00:00.000Z')
  await early.join({ plan: 'professional-plus', slots: 50, paid_through: '2027-06-01T00:00:00Z' })
  await early.advance('2027-02-22T00:00:00.000Z')
  expect(await early.lots()).toEqual([
    '500 monthly 2027-01-20 → 2027-02-01',
    '500 monthly 2027-02-01 → 2027-03-01',
    '500 launch 2027-02-01 → 2027-03-01',
  ])
  const late = await createTestAccount(studio, '2027-02-22T00:00:00.000Z')
  await late.join({ plan: 'professional-plus', slots: 5, paid_through: '2027-06-01T00:00:00Z' })
  expect((await late.balance()).by_source.launch).toMatchObject({ available: 50 })
  await late.advance('2027-03-01T00:00:00.000Z')
  expect((await late.balance()).by_source).toMatchObject({
    launch: { available: 0 },
    monthly: { available: 50 },
  })
  expect(await late.entries()).toEqual([
    '2027-02-22 50 monthly: issued → available',
    '2027-02-22 50 launch: issued → available',
    '2027-03-01 50 monthly: available → expired',
    '2027-03-01 50 launch: available → expired',
    '2027-03-01 50 monthly: issued → available',
  ])
  const basic = await createTestAccount(studio, '2027-02-22T00:00:00.000Z')
  await basic.join({ plan: 'basic' })
  expect(await basic.lots()).toEqual([])
})

it('LS-10 out of credits every paid action is refused until a purchase or the reset; free ones are not', async () => {
  const account = await createTestAccount(studio, '2027-03-10T00:00:00.000Z')
  await account.join({ plan: 'professional-plus', slots: 1, paid_through: '2027-06-01T00:00:00Z' })
  await studio.post(`${account.path}/charges`, apply(10))
  const before = await account.entries()
  const refused = { status: 402, body: { code: 'insufficient_credits', required: 1, available: 0 } }
  expect(await account.generate(apply(1))).toMatchObject(refused)
  expect((await account.generate({ operation: 'revert' })).status).toBe(201)
  expect(await account.entries()).toEqual(before)
  await account.grant('purchased', 1)
  expect((await account.generate(apply(1))).status).toBe(201)
  expect(await account.generate(apply(1))).toMatchObject(refused)
  await account.advance('2027-04-01T00:00:00.000Z')
  expect((await account.generate(apply(1))).status).toBe(201)
})

it('LS-13 launch credits are spent first, then monthly, then purchased, whatever their expiries', async () => {
  const account = await createTestAccount(studio, '2027-02-10T00:00:00.000Z')
  await account.grant('purchased', 5, { expires_at: '2027-02-11T00:00:00Z' })
  await account.join({ plan: 'professional-plus', slots: 1 })
  const { body } = await account.generate(apply(22))
  expect(body.draws).toMatchObject([
    { source: 'launch', amount: 10 },
    { source: 'monthly', amount: 10 },
    { source: 'purchased', amount: 2 },
  ])
  await account.settle(body.id, 'complete')
  expect((await account.entries()).slice(-3)).toEqual([
    '2027-02-10 10 launch: held → spent',
    '2027-02-10 10 monthly: held → spent',
    '2027-02-10 2 purchased: held → spent',
  ])
})
