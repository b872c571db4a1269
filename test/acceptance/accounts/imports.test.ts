import { randomUUID } from 'node:crypto'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
})
afterAll(() => lotkeeper?.stop())

test('records are checked, imported once with a membership and a code, and shown', async () => {
  const admin = lotkeeper.as('kvidai', 'admin')
  const [account, code] = [randomUUID(), `OLD-${randomUUID()}`]
  const from = new Date(Date.now() - 86_400_000).toISOString()
  const later = new Date(Date.now() + 20 * 86_400_000).toISOString()
  const records = {
    as_of: new Date(Date.now() - 3_600_000).toISOString(),
    lots: [{ id: account, account, source: 'purchased', amount: 7, granted_at: from, expires_at: 'never' }],
    memberships: [{ id: account, account, plan: 'membership', anchor: from, paid_through: later }],
    codes: [{ code, source: 'promotional', credits: 3, validity: 'P30D' }],
  }
  const wrong = {
    ...records,
    lots: [...records.lots, { id: 'x', account, source: 'gold', amount: 1, granted_at: from }],
  }
  const { body: rejected } = await admin.post('/v1/imports', { ...wrong, apply: true })
  expect(rejected).toMatchObject({
    state: 'checked',
    rejected: [{ kind: 'lots', index: 1, reason: expect.stringMatching(/^source: must be one of/) }],
  })
  expect(await admin.get(`/v1/accounts/${account}`)).toMatchObject({ status: 404 })

  const { body: checked } = await admin.post('/v1/imports', records)
  expect(checked).toMatchObject({ state: 'checked', accounts: { new: 1, existing: 0 }, rejected: [] })
  const { body: made } = await admin.post('/v1/imports', { ...records, apply: true })
  expect(made).toMatchObject({
    state: 'applied',
    credits: [{ source: 'purchased', expires: null, lots: 1, credits: 7 }],
  })
  expect((await admin.post('/v1/imports', { ...records, apply: true })).body).toMatchObject({
    id: made.id,
    state: 'applied',
  })
  expect((await admin.get(`/v1/imports/${made.id}`)).body).toMatchObject({
    id: made.id,
    state: 'applied',
    as_of: records.as_of,
  })

  const { data } = (await admin.get(`/v1/accounts/${account}/memberships`)).body
  expect(data).toEqual([expect.objectContaining({ plan: 'membership', state: 'active', paid_through: later })])
  const { status } = await lotkeeper.temporal.workflow.getHandle(`membership/kvidai/${data[0].id}`).describe()
  expect(status.name).toBe('RUNNING')
  const redeemed = await admin.post(`/v1/accounts/${account}/redemptions`, {
    code: code.toLowerCase().replaceAll('-', ' '),
  })
  expect(redeemed).toMatchObject({ status: 201, body: { source: 'promotional', granted: 3 } })
  expect((await admin.get(`/v1/accounts/${account}/balance`)).body).toMatchObject({ available: 10 })
  const { body: audit } = await admin.post(`/v1/accounts/${account}/audits`, { reason: 'imported' })
  expect(audit).toMatchObject({ findings: [] })
})
