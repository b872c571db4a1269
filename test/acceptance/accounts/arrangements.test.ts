import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let support: Caller
let admin: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  support = lotkeeper.as('branding', 'support')
  admin = lotkeeper.as('branding')
})
afterAll(() => lotkeeper?.stop())

it('BR-14 an arrangement changes the months to come and the price of packs, until it ends', async () => {
  const time = await createTestAccount(admin, '2027-01-15T00:00:00.000Z')
  await time.join({ plan: 'freelancer', paid_through: '2027-06-15T00:00:00Z' })
  const school = { kind: 'education', monthly: 900, discount_percent: 50, until: '2027-04-01T00:00:00Z' }
  const arranged = await support.put(`${time.path}/limits`, { daily_limit: 400, arrangement: school })
  expect(arranged).toMatchObject({
    status: 200,
    body: { daily_limit: 400, limit_overrides: { arrangement: { kind: 'education', monthly: 900 } } },
  })
  const account = time.path.split('/').at(-1)
  const price = async () => (await admin.get(`/v1/packs?account=${account}`)).body.data[0]
  expect(await price()).toMatchObject({ amount: 450, discount_percent: 50 })
  expect(await time.balance()).toMatchObject({
    available: 500,
    next_grant: { at: '2027-02-15T00:00:00.000Z', amount: 900 },
  })
  await time.advance('2027-05-01T00:00:00.000Z')
  expect(await time.lots()).toEqual([
    '500 monthly 2027-01-15 → 2027-02-15',
    '900 monthly 2027-02-15 → 2027-03-15',
    '900 monthly 2027-03-15 → 2027-04-15',
    '500 monthly 2027-04-15 → 2027-05-15',
  ])
  expect((await time.entries()).filter(line => line.includes('issued'))).toEqual([
    '2027-01-15 500 monthly: issued → available',
    '2027-02-15 900 monthly: issued → available',
    '2027-03-15 900 monthly: issued → available',
    '2027-04-15 500 monthly: issued → available',
  ])
  expect(await price()).toMatchObject({ amount: 900, discount_percent: 0 })
  expect((await support.get(`${time.path}/activity`)).body.data).toMatchObject([
    { actor: 'test-support', action: 'limits', reason: 'education', done: true },
  ])
})

it('BR-14 an arrangement can be withdrawn; one for monthly credits needs a membership', async () => {
  const time = await createTestAccount(admin, '2027-01-15T00:00:00.000Z')
  const arrange = (arrangement: object | null) => support.put(`${time.path}/limits`, { arrangement })
  expect(await arrange({ kind: 'charity', monthly: 900 })).toMatchObject({ status: 422 })
  await time.join({ plan: 'freelancer' })
  expect(await arrange({ kind: 'charity', monthly: 900 })).toMatchObject({ status: 200 })
  expect((await time.balance()).next_grant).toMatchObject({ amount: 900 })
  expect(await arrange(null)).toMatchObject({ status: 200, body: { limit_overrides: {} } })
  expect((await time.balance()).next_grant).toMatchObject({ amount: 500 })
})

it('BR-06 support corrects a balance up and down, once and with a reason', async () => {
  const time = await createTestAccount(admin, '2027-01-15T00:00:00.000Z')
  await time.join({ plan: 'freelancer' })
  const adjust = (body: object, key: string = randomUUID()) => support.post(`${time.path}/adjustments`, body, key)
  const key = randomUUID()
  const down = { source: 'monthly', amount: -120, reason: 'upgrade counted twice' }
  expect(await adjust(down, key)).toMatchObject({ status: 201, body: { amount: -120 } })
  expect(await adjust(down, key)).toMatchObject({ status: 201 })
  expect(await adjust({ source: 'bonus', amount: 30, reason: 'upgrade came late' })).toMatchObject({
    status: 201,
  })
  expect(await adjust({ source: 'bonus', amount: -31, reason: 'too much' })).toMatchObject({
    status: 402,
    body: { code: 'insufficient_credits', required: 31, available: 30 },
  })
  expect(await adjust({ source: 'bonus', amount: 0, reason: 'nothing' })).toMatchObject({ status: 422 })
  expect(await adjust({ source: 'bonus', amount: 1 })).toMatchObject({ status: 422 })
  expect(await time.balance()).toMatchObject({ available: 410 })
  expect(await time.entries()).toEqual([
    '2027-01-15 500 monthly: issued → available',
    '2027-01-15 120 monthly: available → revoked',
    '2027-01-15 30 bonus: issued → available',
  ])
  expect((await support.get(`${time.path}/activity`)).body.data).toMatchObject([
    { action: 'adjustment', reason: 'too much', done: false },
    { action: 'adjustment', reason: 'upgrade came late', done: true },
    { action: 'adjustment', reason: 'upgrade counted twice', done: true },
  ])
})
