import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
})
afterAll(() => lotkeeper?.stop())

const NOW = '2027-03-07T09:00:00.000Z'
const nameOf = ({ path }: TestAccount) => path.split('/').at(-1)

async function listed(caller: Caller, account: TestAccount, query = '') {
  const { status, body } = await caller.get(`/v1/attention?account=${nameOf(account)}${query}`)
  expect(status).toBe(200)
  return body
}

/** A purchase of a pack whose credits are missing, and nobody can be asked about the payment. */
async function missing(account: TestAccount, pack: string): Promise<string> {
  const { body } = await account.caller.post(`${account.path}/purchases`, { pack, provider: 'manual' })
  await account.caller.post(`/v1/purchases/${body.id}/missing`)
  return body.id
}

it('BR-24 what needs a person is one list, by due time: missing purchases the same day, with the calls that resolve them', async () => {
  const support = lotkeeper.as('branding', 'support')
  const account = await createTestAccount(lotkeeper.as('branding'), NOW)
  await support.post(`${account.path}/compensations`, { lost: 400, cause: 'wrong-deduction' })
  await account.advance('2027-03-07T10:00:00.000Z')
  const late = await missing(account, 'boost-500')

  const { data, counts, next_cursor } = await listed(lotkeeper.as('branding', 'read'), account)
  expect({ counts, next_cursor }).toEqual({ counts: { credits_late: 1, compensation_approval: 1 }, next_cursor: null })
  expect(data).toMatchObject([
    {
      kind: 'credits_late',
      title: 'Credits are late',
      reason: 'the customer reports a payment; look for it, then reissue.',
      subject: { type: 'purchase', id: late },
      account: nameOf(account),
      since: '2027-03-07T10:00:00.000Z',
      due_at: '2027-03-07T18:00:00.000Z',
      amount: 3900,
      currency: 'USD',
      actions: [{ name: 'reissue', method: 'POST' }, { name: 'retry' }, { name: 'refund' }],
    },
    {
      kind: 'compensation_approval',
      reason: 'It waits for a second person. Requested by test-support.',
      since: NOW,
      due_at: '2027-03-08T09:00:00.000Z',
      amount: null,
      actions: [{ name: 'approve' }, { name: 'decline' }],
    },
  ])

  const first = await listed(support, account, '&limit=1')
  const second = await listed(support, account, `&limit=1&cursor=${first.next_cursor}`)
  expect([...first.data, ...second.data]).toEqual(data)
  expect((await listed(support, account, '&kind=compensation_approval')).data).toEqual([data[1]])

  const [reissue] = data[0].actions
  expect(await support.post(reissue.path, { ...reissue.body, reason: 'paid in cash' })).toMatchObject({ status: 200 })
  expect(await lotkeeper.as('branding').post(data[1].actions[0].path)).toMatchObject({ status: 200 })
  expect(await listed(support, account)).toEqual({ data: [], next_cursor: null, counts: {}, overdue: 0 })
})

it('a product sees its own items only, and a wrong filter is refused', async () => {
  const account = await createTestAccount(lotkeeper.as('branding'), NOW)
  const late = await missing(account, 'boost-100')
  const other = lotkeeper.as('kvidai', 'support')
  expect((await other.get('/v1/attention?limit=100')).body.data.map(subjectId)).not.toContain(late)
  expect(await other.get(`/v1/attention?account=${nameOf(account)}`)).toMatchObject({ status: 404 })
  const [{ id }] = (await listed(account.caller, account)).data
  expect(await other.post(`/v1/attention/${id}/retry`)).toMatchObject({ status: 404 })
  for (const query of ['kind=nothing', 'cursor=nothing'])
    expect(await other.get(`/v1/attention?${query}`)).toMatchObject({ status: 422 })
})

const subjectId = ({ subject }: { subject: { id: string } }) => subject.id

it('what was dealt with elsewhere is acknowledged once, with a reason, in the activity log', async () => {
  const support = lotkeeper.as('kvidai', 'support')
  const account = await createTestAccount(lotkeeper.as('kvidai'), NOW)
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const { body: bought } = await account.caller.post(`${account.path}/purchases`, order)
  await account.caller.post(`/v1/purchases/${bought.id}/payment`, { reference: 'line 14' })
  await support.post(`/v1/purchases/${bought.id}/refund`, { reason: 'bought twice' })
  const [item] = (await listed(support, account)).data
  expect(item).toMatchObject({ kind: 'manual_refund', subject: { id: bought.id }, amount: 9900, currency: 'KRW' })

  const because = { reason: 'transferred back' }
  expect(await support.post(`/v1/attention/${item.id}/retry`)).toMatchObject({ status: 422 })
  expect(await support.post(`/v1/attention/${item.id}/acknowledge`, {})).toMatchObject({ status: 422 })
  const manage = lotkeeper.as('kvidai', 'manage')
  expect(await manage.post(`/v1/attention/${item.id}/acknowledge`, because)).toMatchObject({ status: 403 })
  for (const _ of [1, 2])
    expect(await support.post(`/v1/attention/${item.id}/acknowledge`, because, `seen-${item.id}`)).toMatchObject({
      status: 200,
      body: { id: item.id, open: false },
    })
  expect((await listed(support, account)).data).toEqual([])
  expect((await support.get(`/v1/purchases/${bought.id}`)).body).toMatchObject({ needs_attention: false })
  expect(await support.post(`/v1/attention/${item.id}/acknowledge`, because)).toMatchObject({ status: 404 })
  expect((await support.get(`${account.path}/activity`)).body.data[0]).toMatchObject({
    action: 'acknowledge',
    ...because,
    detail: { kind: 'manual_refund', purchase: bought.id },
  })
})
