import { randomUUID } from 'node:crypto'
import { createKey } from '../../../db/accounts/api-keys.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let support: Caller
let admin: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  support = lotkeeper.as('branding', 'support')
  admin = lotkeeper.as('branding', 'admin')
})
afterAll(() => lotkeeper?.stop())

/** Creates an account that spent 25 credits on a video. */
async function spender(product = 'branding'): Promise<{ account: TestAccount; generation: string }> {
  const caller = lotkeeper.as(product)
  const account = await createTestAccount(caller, '2027-01-15T00:00:00.000Z')
  const member = product === 'x-design' ? 'member' : 'freelancer'
  await account.join({ plan: member })
  const operation = product === 'x-design' ? 'ai-video' : 'standard-video'
  const { body } = await caller.post(`${account.path}/generations`, { operation, outputs: 1 })
  await caller.post(`/v1/generations/${body.id}/complete`)
  return { account, generation: body.id }
}

it('BR-11 lost credits are returned and twice as many added, once per generation', async () => {
  const { account, generation } = await spender()
  const request = { generation, cause: 'technical-failure' }
  const key = randomUUID()
  const granted = await support.post(`${account.path}/compensations`, request, key)
  expect(granted).toMatchObject({
    status: 201,
    body: { state: 'given', lost: 25, bonus: 50, generation, lots: [{ granted: 25 }, { granted: 50 }] },
  })
  const repeated = await support.post(`${account.path}/compensations`, request, key)
  expect(repeated).toMatchObject({ status: 201, body: granted.body })
  expect(repeated.headers.get('idempotent-replayed')).toBe('true')
  const second = await support.post(`${account.path}/compensations`, { ...request, multiplier: 3 })
  expect(second).toMatchObject({ status: 409, body: { code: 'already_settled' } })
  expect(await account.balance()).toMatchObject({ available: 550 })
  expect((await account.entries()).slice(3)).toEqual([
    '2027-01-15 25 bonus: issued → available',
    '2027-01-15 50 bonus: issued → available',
  ])
})

it('BR-11 ten requests at once for one generation request it once', async () => {
  const { account, generation } = await spender()
  const request = { generation, cause: 'platform-bug', multiplier: 3 }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => support.post(`${account.path}/compensations`, request)),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(await account.balance()).toMatchObject({ available: 575 })
})

it('BR-11 an amount is compensated by the causes and multipliers of the policy', async () => {
  const { account } = await spender()
  const compensate = (body: object) => support.post(`${account.path}/compensations`, body)
  expect(await compensate({ lost: 10, cause: 'poor-quality', multiplier: 3 })).toMatchObject({
    status: 201,
    body: { lost: 10, bonus: 30 },
  })
  expect(await compensate({ lost: 10, cause: 'poor-quality', multiplier: 4 })).toMatchObject({ status: 422 })
  expect(await compensate({ lost: 10, cause: 'bad-weather' })).toMatchObject({
    status: 422,
    body: { code: 'invalid_request', detail: expect.stringMatching(/^cause: must be one of .*poor-quality/) },
  })
  expect(await compensate({ cause: 'poor-quality' })).toMatchObject({ status: 422 })
  expect(await compensate({ cause: 'poor-quality', generation: 'nothing' })).toMatchObject({ status: 404 })
  expect(await account.balance()).toMatchObject({ available: 515 })
})

it('BR-11 a failed generation was refunded already, so nothing is returned', async () => {
  const { account } = await spender()
  const { body } = await admin.post(`${account.path}/generations`, { operation: 'standard-video' })
  const compensate = () =>
    support.post(`${account.path}/compensations`, { generation: body.id, cause: 'technical-failure' })
  expect(await compensate()).toMatchObject({ status: 422 })
  await admin.post(`/v1/generations/${body.id}/fail`, { reason: 'crashed' })
  expect(await compensate()).toMatchObject({ status: 422 })
})

it('keys that descend from one key do not approve for each other', async () => {
  const { account } = await spender()
  const request = { lost: 400, cause: 'wrong-deduction' }
  const own = async (name: string, by?: Caller) =>
    lotkeeper.with(
      (by
        ? (await by.post('/v1/keys', { name, scope: 'admin' })).body
        : await createKey(lotkeeper.db, 'branding', { name, scope: 'admin' })
      ).key,
    )
  const root = await own('root')
  const child = await own('child', root)
  const grandchild = await own('grandchild', child)
  const sibling = await own('sibling', root)
  const other = await own('child of another', await own('another'))
  const family = [root, child, grandchild, sibling]
  for (const requester of family) {
    const { body } = await requester.post(`${account.path}/compensations`, request)
    for (const approver of family)
      expect(await approver.post(`/v1/approvals/${body.approval}/approve`)).toMatchObject({
        status: 403,
        body: { code: 'scope_required' },
      })
    expect(await other.post(`/v1/approvals/${body.approval}/approve`)).toMatchObject({ status: 200 })
  }
})

it('BR-11 a compensation above the cap needs one approval by a second person', async () => {
  const { account } = await spender()
  const request = { lost: 400, cause: 'wrong-deduction', reason: 'charged for a whole batch' }
  const requested = await admin.post(`${account.path}/compensations`, request)
  expect(requested).toMatchObject({
    status: 202,
    body: { state: 'awaiting_approval', lost: 400, bonus: 800, lots: [] },
  })
  const { approval } = requested.body
  expect(await account.balance()).toMatchObject({ available: 475 })
  const approve = (caller: Caller) => caller.post(`/v1/approvals/${approval}/approve`)
  expect(await approve(support)).toMatchObject({ status: 403, body: { code: 'scope_required' } })
  expect(await approve(admin)).toMatchObject({ status: 403, body: { code: 'scope_required' } })
  expect((await admin.get('/v1/approvals')).body.data).toMatchObject([{ id: approval, kind: 'compensation' }])
  const { key } = await createKey(lotkeeper.db, 'branding', { name: 'the boss', scope: 'admin' })
  const secondPerson = lotkeeper.with(key)
  expect(await approve(secondPerson)).toMatchObject({ status: 200, body: { state: 'given', approval: null } })
  expect(await approve(secondPerson)).toMatchObject({ status: 200 })
  expect(await account.balance()).toMatchObject({ available: 1675 })
  expect((await admin.get('/v1/approvals')).body.data).toEqual([])
  const { body } = await support.get(`${account.path}/activity`)
  expect(body.data).toMatchObject([
    { actor: 'the boss', action: 'approval', done: true },
    { actor: 'test-admin', action: 'compensation', reason: 'charged for a whole batch', done: true },
  ])
})

it('a declined compensation grants nothing, says why to the requester, and can be requested anew', async () => {
  const account = await createTestAccount(admin, '2027-01-15T00:00:00.000Z')
  await account.join({ plan: 'agency' })
  const { body } = await account.generate({ operation: 'premium-video', price: 100, outputs: 4 })
  await account.settle(body.id, 'complete')
  const request = { generation: body.id, cause: 'wrong-deduction' }
  const key = randomUUID()
  const asked = await support.post(`${account.path}/compensations`, request, key)
  const approval = `/v1/approvals/${asked.body.approval}`
  const reason = 'only one of the four is broken'
  expect(await support.post(`${approval}/decline`, { reason })).toMatchObject({ status: 403 })
  expect(await admin.post(`${approval}/decline`)).toMatchObject({ status: 422 })
  const declined = { state: 'declined', decline_reason: reason, decided_at: expect.any(String) }
  for (const _ of [1, 2])
    expect(await admin.post(`${approval}/decline`, { reason })).toMatchObject({ status: 200, body: declined })
  expect(await support.get(approval)).toMatchObject({ status: 200, body: declined })
  expect((await admin.get('/v1/approvals')).body.data).toEqual([])
  const { key: own } = await createKey(lotkeeper.db, 'branding', { name: 'the boss', scope: 'admin' })
  expect(await lotkeeper.with(own).post(`${approval}/approve`)).toMatchObject({
    status: 409,
    body: { code: 'approval_decided', state: 'declined' },
  })
  expect(await account.balance()).toMatchObject({ available: 1100 })
  expect((await support.get(`${account.path}/activity`)).body.data[0]).toMatchObject({
    actor: 'test-admin',
    action: 'decline',
    reason,
    done: true,
  })
  const again = await support.post(`${account.path}/compensations`, request, key)
  expect(again).toMatchObject({ status: 202, body: { id: asked.body.id } })
  const smaller = { ...request, lost: 100 }
  expect(await support.post(`${account.path}/compensations`, smaller)).toMatchObject({
    status: 201,
    body: { lost: 100 },
  })
  expect(await support.post(`${account.path}/compensations`, smaller)).toMatchObject({ status: 409 })
})

it('XD-15 dissatisfaction is no cause for compensation; a fault of ours is', async () => {
  const { account, generation } = await spender('x-design')
  const compensate = (cause: string) =>
    lotkeeper.as('x-design', 'support').post(`${account.path}/compensations`, { generation, cause })
  expect(await compensate('poor-quality')).toMatchObject({ status: 422, body: { errors: [{ path: 'cause' }] } })
  expect(await account.balance()).toMatchObject({ available: 98 })
  expect(await compensate('technical-failure')).toMatchObject({ status: 201, body: { lost: 2, bonus: 0 } })
  expect((await account.entries()).at(-1)).toBe('2027-01-15 2 subscription: issued → available')
})

it('BR-04 combining memberships is in the activity log, with its reason', async () => {
  const account = await createTestAccount(admin, '2027-01-15T00:00:00.000Z')
  const first = await account.join({ plan: 'zsuite' })
  const second = await account.join({ plan: 'other-legacy' })
  const memberships = [first.id, second.id]
  const reason = 'asked for one date'
  expect((await support.post('/v1/memberships/combine', { memberships, reason })).status).toBe(200)
  expect((await support.get(`${account.path}/activity`)).body.data).toMatchObject([
    { actor: 'test-support', action: 'combine', reason, done: true },
  ])
})

it('XD-13 the activity log keeps a refused refund as not done, and a reissue as done', async () => {
  const design = lotkeeper.as('x-design', 'support')
  const { account } = await spender('x-design')
  const { body: bought } = await lotkeeper
    .as('x-design')
    .post(`${account.path}/purchases`, { pack: 'credits-100', provider: 'manual' })
  expect((await design.post(`/v1/purchases/${bought.id}/reissue`, { reason: 'paid in cash' })).status).toBe(200)
  expect((await design.post(`/v1/purchases/${bought.id}/refund`, { reason: 'asked' })).status).toBe(409)
  expect((await design.get(`${account.path}/activity`)).body.data).toMatchObject([
    { action: 'refund', reason: 'asked', detail: { purchase: bought.id }, done: false },
    { action: 'reissue', reason: 'paid in cash', done: true },
  ])
})

it('BR-15 the activity log holds actor, action and reason, also of refused actions, and is append-only', async () => {
  const { account } = await spender()
  const reported = { source: 'bonus', amount: 30, reason: 'reported a bug' }
  await support.post(`${account.path}/grants`, reported)
  await support.post(`${account.path}/grants`, { source: 'bonus', amount: 30, reason: ' ' })
  const { body } = await support.get(`${account.path}/activity`)
  expect(body.data).toMatchObject([
    {
      actor: 'test-support',
      action: 'grant',
      reason: 'reported a bug',
      detail: { source: 'bonus', amount: 30 },
      done: true,
    },
  ])
  await expect(lotkeeper.db.query(`update activity_log set reason = 'because'`)).rejects.toThrow(/never updated/)
  await expect(lotkeeper.db.query('delete from activity_log')).rejects.toThrow(/never updated/)
  expect(await lotkeeper.as('branding', 'manage').get(`${account.path}/activity`)).toMatchObject({ status: 403 })
})
