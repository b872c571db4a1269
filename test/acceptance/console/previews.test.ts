import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let support: Caller
let account: TestAccount

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  support = lotkeeper.as('branding', 'support')
})
afterAll(() => lotkeeper?.stop())
beforeEach(async () => {
  account = await createTestAccount(lotkeeper.as('branding'), '2027-03-07T09:00:00.000Z')
  await account.grant('bonus', 14)
})

/** Everything that an act could have left behind. */
async function traces() {
  const parts = ['balance', 'lots', 'entries', 'activity', 'emails']
  return Promise.all(parts.map(async part => (await account.caller.get(`${account.path}/${part}`)).body))
}

it.each([
  ['grants', { source: 'bonus', amount: 100, reason: 'a gift', expires_at: '2027-05-01T00:00:00Z' }, 114],
  ['adjustments', { source: 'bonus', amount: -4, reason: 'counted twice' }, 10],
  ['adjustments', { source: 'bonus', amount: 6, reason: 'counted too little' }, 20],
  ['compensations', { lost: 25, cause: 'technical-failure', multiplier: 3 }, 114],
  ['compensations', { lost: 400, cause: 'wrong-deduction' }, 14],
])(
  'the preview of %s %j tells the balance afterwards, leaves nothing behind, and the act does the same',
  async (act, body, available) => {
    const before = await traces()
    const key = randomUUID()
    const { status, headers, body: preview } = await support.post(`${account.path}/${act}/preview`, body, key)
    expect([status, headers.get('credits-available')]).toEqual([200, '14'])
    expect(preview).toMatchObject({
      before: { available: 14, held: 0, frozen: 0 },
      after: { available, held: 0, frozen: 0 },
    })
    expect(await traces()).toEqual(before)
    const done = await support.post(`${account.path}/${act}`, body, key)
    expect([[201, 202].includes(done.status), done.headers.get('credits-available')]).toEqual([true, String(available)])
    const withoutIds = (text: object) => JSON.stringify(text).replaceAll(/"id":"\d+"/g, '')
    expect(withoutIds(preview.result)).toBe(withoutIds(done.body))
  },
)

it('a preview is refused as the act would be', async () => {
  const take = { source: 'bonus', amount: -15, reason: 'too much' }
  const before = await traces()
  const previewed = await support.post(`${account.path}/adjustments/preview`, take)
  expect(await traces()).toEqual(before)
  const refused = await support.post(`${account.path}/adjustments`, take)
  const told = ({ status, body: { request_id: _, ...body } }: typeof refused) => ({ status, body })
  expect(told(previewed)).toEqual(told(refused))
  expect(previewed.body).toMatchObject({ code: 'insufficient_credits', required: 15, available: 14 })
})

it('the preview of a repeated act tells that nothing changes any more', async () => {
  const grant = { source: 'bonus', amount: 5, reason: 'once' }
  const key = randomUUID()
  await support.post(`${account.path}/grants`, grant, key)
  const { body } = await support.post(`${account.path}/grants/preview`, grant, key)
  expect([body.before.available, body.after.available]).toEqual([19, 19])
})
