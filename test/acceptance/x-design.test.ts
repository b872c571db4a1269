import { createKey } from '../../db/accounts/api-keys.ts'
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

it('XD-01 a request of a non-member is refused and holds nothing; a trial member may spend', async () => {
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  await account.grant('purchased', 50)
  const { id } = await account.join({ plan: 'member', trial: true })
  expect(await account.generate({ operation: 'ai-logo' })).toMatchObject({ status: 201, body: { held: 4 } })
  await account.updateMembership(id, 'cancel', { when: 'now' })
  const before = await account.entries()
  const refused = { status: 403, body: { code: 'membership_required' } }
  expect(await account.generate({ operation: 'ai-logo' })).toMatchObject(refused)
  expect(await design.post(`${account.path}/charges`, { operation: 'ai-logo' })).toMatchObject(refused)
  expect(await account.entries()).toEqual(before)
})

it('XD-03 free trials per tool cost no credit, come back on failure, and end in trial_exhausted', async () => {
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  const ask = { operation: 'ai-model' }
  const trials = async () => (await account.balance()).trials['ai-model']
  expect(await trials()).toEqual({ limit: 3, used: 0 })
  expect((await design.post(`${account.path}/quotes`, ask)).body).toEqual({
    cost: 0,
    unit_cost: 0,
    free_trial: true,
    allowed: true,
    refusal: null,
    draws: [],
    price_lines: [],
  })
  const first = await account.generate(ask)
  expect(first).toMatchObject({ status: 201, body: { free_trial: true, cost: 0, held: 0, outputs: 1 } })
  await account.settle(first.body.id, 'complete')
  const second = await account.generate({ ...ask, outputs: 4 })
  expect(await trials()).toEqual({ limit: 3, used: 2 })
  await account.settle(second.body.id, 'fail')
  expect(await trials()).toEqual({ limit: 3, used: 1 })
  await design.post(`${account.path}/charges`, ask)
  const third = await account.generate(ask)
  expect(third.status).toBe(201)
  const exhausted = {
    code: 'trial_exhausted',
    limit: 3,
    used: 3,
    detail: expect.stringMatching(/membership/),
  }
  expect(await account.generate(ask)).toMatchObject({ status: 403, body: exhausted })
  expect((await design.post(`${account.path}/quotes`, ask)).body).toMatchObject({
    allowed: false,
    refusal: exhausted,
  })
  expect(await account.generate({ operation: 'recolor' })).toMatchObject({ body: { free_trial: true } })
  // An unsettled trial is refunded at its deadline.
  await account.advance('2026-01-10T01:00:00.000Z')
  expect(await trials()).toEqual({ limit: 3, used: 2 })
  const { data } = (await design.get(`/v1/operations?account=${account.path.split('/').pop()}`)).body
  expect(data.find((tool: { operation: string }) => tool.operation === 'ai-model')).toMatchObject({
    free_trials: { limit: 3, used: 2 },
  })
  expect(await account.entries()).toEqual([])
})

it('XD-22 support refunds by exception, with a reason, and a second person above the limit; spent credits are not owed', async () => {
  const support = lotkeeper.as('x-design', 'support')
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  await account.join({ plan: 'member' })
  const buy = async (pack: string) => {
    const { body } = await design.post(`${account.path}/purchases`, { pack, provider: 'manual' })
    await design.post(`/v1/purchases/${body.id}/payment`, { reference: 'cash' })
    return `/v1/purchases/${body.id}/refund`
  }
  const small = await buy('credits-100')
  expect(await support.post(small, { reason: 'does not like it' })).toMatchObject({
    status: 409,
    body: { code: 'refund_not_offered' },
  })
  expect((await support.get(small)).body).toMatchObject({
    by_policy: null,
    refusal: { code: 'refund_not_offered' },
    by_exception: { credits: 100, amount: 990, needs_approval: false },
  })
  expect(await support.post(small, { exception: true })).toMatchObject({ status: 422 })
  expect(await support.post(small, { amount: 5, reason: 'x' })).toMatchObject({ status: 422 })
  const goodwill = { exception: true, reason: 'bought by mistake' }
  expect(await lotkeeper.as('x-design', 'manage').post(small, goodwill)).toMatchObject({ status: 403 })
  for (const _ of [1, 2])
    expect(await support.post(small, goodwill, `once-${account.path}`)).toMatchObject({
      status: 200,
      body: { state: 'refunded', refund: { state: 'done', credits: 100, amount: 990 } },
    })
  expect((await support.get(`${account.path}/activity`)).body.data[0]).toMatchObject({
    action: 'refund_by_exception',
    reason: goodwill.reason,
    detail: { credits: 100, amount: 990 },
    done: true,
  })

  const large = await buy('credits-500')
  // The older monthly credits never expire, so purchased ones are spent first (XD-17).
  for (const _ of [1, 2, 3]) await design.post(`${account.path}/charges`, { operation: 'ai-model', outputs: 4 })
  const { available } = await account.balance()
  expect((await support.get(large)).body.by_exception).toMatchObject({ credits: 476, needs_approval: true })
  const whole = { ...goodwill, amount: 3990 }
  expect(await support.post(large, { ...whole, amount: 3991 })).toMatchObject({ status: 422 })
  const asked = await lotkeeper.as('x-design').post(large, whole)
  expect(asked).toMatchObject({
    status: 202,
    body: { state: 'awaiting_approval', credits: 476, amount: 3990, currency: 'USD' },
  })
  const listed = `/v1/attention?account=${account.path.split('/').at(-1)}&kind=refund_approval`
  expect((await support.get(listed)).body.data).toMatchObject([
    { id: asked.body.approval, amount: 3990, currency: 'USD', actions: [{ name: 'approve' }, { name: 'decline' }] },
  ])
  const approve = `/v1/approvals/${asked.body.approval}/approve`
  expect(await design.post(approve)).toMatchObject({ status: 403, body: { code: 'scope_required' } })
  expect(await account.balance()).toMatchObject({ available })
  const { key } = await createKey(lotkeeper.db, 'x-design', { name: 'the boss', scope: 'admin' })
  const boss = lotkeeper.with(key)
  for (const _ of [1, 2])
    expect(await boss.post(approve)).toMatchObject({
      status: 200,
      body: { state: 'refunded', refund: { credits: 476, amount: 3990 } },
    })
  expect(await account.balance()).toMatchObject({ available: available - 476, debt: 0 })
  expect((await support.get(listed)).body.data).toEqual([])
  const third = await design.post(large, goodwill)
  expect(third).toMatchObject({ status: 409, body: { code: 'refund_not_offered' } })

  // Parts of one purchase count together, so that nobody passes the limit in small steps.
  const parts = await buy('credits-500')
  expect(await support.post(parts, { ...goodwill, amount: 1500 })).toMatchObject({ status: 200 })
  expect((await support.get(`${parts}?amount=1500`)).body.by_exception).toMatchObject({ needs_approval: true })
  const refused = await support.post(parts, { ...goodwill, amount: 1500 })
  const decline = `/v1/approvals/${refused.body.approval}/decline`
  expect(await boss.post(decline, { reason: 'asked twice' })).toMatchObject({ status: 200 })
  expect((await support.get(parts.replace('/refund', ''))).body).toMatchObject({ refund: { amount: 1500 } })
  expect((await support.get(`${parts}?amount=500`)).body.by_exception).toMatchObject({ needs_approval: false })
  expect(await support.post(parts, { ...goodwill, amount: 2490 })).toMatchObject({ status: 202 })
})

it('XD-03 a lapsed member gets no trials', async () => {
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  const { id } = await account.join({ plan: 'member' })
  expect((await account.balance()).trials).toEqual({})
  await account.updateMembership(id, 'lapse')
  expect(await account.generate({ operation: 'ai-logo' })).toMatchObject({
    status: 403,
    body: { code: 'membership_required' },
  })
})

describe.each([
  ['XD-04', ['ai-background', 'ai-logo', 'recolor', 'ai-extender'], 1],
  ['XD-05', ['ai-model', 'footwear-model', 'ai-video'], 2],
])('%s', (clause, operations, price) => {
  it(`${clause} ${operations.join(', ')} cost ${price} for each that is generated`, async () => {
    const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
    await account.join({ plan: 'member' })
    for (const operation of operations) {
      const { body } = await account.generate({ operation, outputs: 2 })
      expect(body).toMatchObject({ unit_cost: price, cost: 2 * price, held: 2 * price })
      await account.settle(body.id, 'complete')
    }
    const spent = (await account.entries()).filter(entry => entry.endsWith('held → spent'))
    expect(spent).toEqual(operations.map(() => `2026-01-10 ${2 * price} subscription: held → spent`))
    expect(await account.balance()).toMatchObject({ available: 100 - operations.length * 2 * price })
  })
})

it('XD-06 cost is outputs × unit cost; a tool has its default and its maximum', async () => {
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  await account.join({ plan: 'member' })
  expect((await account.generate({ operation: 'ai-logo' })).body).toMatchObject({ outputs: 4, cost: 4 })
  expect((await account.generate({ operation: 'ai-model', outputs: 4 })).body).toMatchObject({ cost: 8 })
  expect(await account.generate({ operation: 'ai-model', outputs: 5 })).toMatchObject({
    status: 422,
    body: { code: 'invalid_request', errors: [{ path: 'outputs' }] },
  })
  expect(await account.entries()).toEqual([
    '2026-01-10 100 subscription: issued → available',
    '2026-01-10 4 subscription: available → held',
    '2026-01-10 8 subscription: available → held',
  ])
})

it('XD-08 subscription credits arrive every month while the membership is active, and carry over', async () => {
  const account = await createTestAccount(design, '2026-01-31T09:00:00.000Z', { time_zone: 'Europe/Berlin' })
  const { id } = await account.join({ plan: 'member', paid_through: '2026-05-31T08:00:00Z' })
  await design.post(`${account.path}/charges`, { operation: 'ai-logo', outputs: 8 })
  await account.advance('2026-05-30T00:00:00.000Z')
  expect(await account.lots()).toEqual([
    '100 subscription 2026-01-31T09:00:00 → never',
    '100 subscription 2026-02-28T09:00:00 → never',
    '100 subscription 2026-03-31T08:00:00 → never',
    '100 subscription 2026-04-30T08:00:00 → never',
  ])
  expect(await account.balance()).toMatchObject({
    available: 392,
    frozen: 0,
    next_grant: { at: '2026-05-31T08:00:00.000Z', amount: 100, source: 'subscription' },
  })
  expect((await design.get(`/v1/memberships/${id}`)).body).toMatchObject({ state: 'active', plan: 'member' })
  expect(await account.entries()).toEqual([
    '2026-01-31T09:00:00 100 subscription: issued → available',
    '2026-01-31T09:00:00 8 subscription: available → held',
    '2026-01-31T09:00:00 8 subscription: held → spent',
    '2026-02-28T09:00:00 100 subscription: issued → available',
    '2026-03-31T08:00:00 100 subscription: issued → available',
    '2026-04-30T08:00:00 100 subscription: issued → available',
  ])
})

it('XD-15 a finished result is not refunded for dissatisfaction', async () => {
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  await account.join({ plan: 'member' })
  const { body } = await account.generate({ operation: 'ai-logo' })
  await account.settle(body.id, 'complete')
  for (const how of ['fail', 'cancel'])
    expect(await design.post(`/v1/generations/${body.id}/${how}`)).toMatchObject({
      status: 409,
      body: { code: 'already_settled' },
    })
  expect(await account.settle(body.id, 'report-defect')).toEqual({
    id: body.id,
    corrections: { allowed: 0, used: 0 },
  })
  expect(await account.balance()).toMatchObject({ available: 96, held: 0 })
  expect((await account.entries()).at(-1)).toBe('2026-01-10 4 subscription: held → spent')
})

it('XD-16 credits of missing outputs are refunded at once, even to a lot that expired meanwhile', async () => {
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  await account.join({ plan: 'member', trial: true })
  const first = await account.generate({ operation: 'ai-logo' })
  await account.settle(first.body.id, 'complete', { delivered: 3 })
  expect(await account.balance()).toMatchObject({ available: 17, held: 0 })
  const again = await account.generate({ operation: 'ai-logo', outputs: 1 })
  await account.settle(again.body.id, 'fail')
  expect(await account.balance()).toMatchObject({ available: 17, held: 0 })

  const expiring = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  await expiring.join({ plan: 'member' })
  await expiring.grant('promotional', 5, { expires_at: '2026-01-10T00:05:00Z' })
  const { body } = await expiring.generate({ operation: 'ai-logo' })
  expect(body.draws).toMatchObject([{ source: 'promotional', amount: 4 }])
  await expiring.advance('2026-01-10T00:10:00.000Z')
  await expiring.settle(body.id, 'fail')
  expect((await expiring.balance()).by_source.promotional).toMatchObject({ available: 4 })
  expect(await expiring.entries()).toEqual([
    '2026-01-10 100 subscription: issued → available',
    '2026-01-10 5 promotional: issued → available',
    '2026-01-10 4 promotional: available → held',
    '2026-01-10T00:05:00 1 promotional: available → expired',
    '2026-01-10T00:10:00 4 promotional: held → expired',
    '2026-01-10T00:10:00 4 promotional: issued → available',
  ])
  await expiring.advance('2026-01-17T00:10:00.000Z')
  expect((await expiring.balance()).by_source.promotional).toMatchObject({ available: 0 })
})

it('XD-17 the earliest expiry is spent first, credits without expiry last', async () => {
  const account = await createTestAccount(design, '2026-01-10T00:00:00.000Z')
  await account.join({ plan: 'member' })
  await account.grant('purchased', 3)
  await account.grant('promotional', 2, { expires_at: '2027-01-01T00:00:00Z' })
  await account.grant('promotional', 1, { expires_at: '2026-02-01T00:00:00Z' })
  const { body } = await account.generate({ operation: 'ai-logo', outputs: 7 })
  expect(body.draws).toMatchObject([
    { source: 'promotional', amount: 1 },
    { source: 'promotional', amount: 2 },
    { source: 'purchased', amount: 3 },
    { source: 'subscription', amount: 1 },
  ])
  expect((await account.entries()).slice(4)).toEqual([
    '2026-01-10 1 promotional: available → held',
    '2026-01-10 2 promotional: available → held',
    '2026-01-10 3 purchased: available → held',
    '2026-01-10 1 subscription: available → held',
  ])
})
