import { randomUUID } from 'node:crypto'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let branding: Caller
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  branding = lotkeeper.as('branding')
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

it('the same Idempotency-Key starts one membership, also in parallel; another body is refused', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const key = randomUUID()
  const start = (plan: string) => branding.post(`${account.path}/memberships`, { plan }, key)
  const answers = await Promise.all(Array.from({ length: 5 }, () => start('freelancer')))
  expect(new Set(answers.map(answer => answer.body.id)).size).toBe(1)
  const repeated = await start('freelancer')
  expect(repeated).toMatchObject({ status: 201, body: answers[0]?.body })
  expect(repeated.headers.get('idempotent-replayed')).toBe('true')
  expect(repeated.headers.get('credits-available')).toBe('500')
  expect(await start('agency')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  expect(await account.balance()).toMatchObject({ available: 500 })
  expect((await branding.get(`${account.path}/memberships`)).body.data).toHaveLength(1)
})

it('one Idempotency-Key with two bodies in parallel starts one membership', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const key = randomUUID()
  const answers = await Promise.all(
    ['freelancer', 'agency'].map(plan => branding.post(`${account.path}/memberships`, { plan }, key)),
  )
  expect(answers.map(answer => answer.status).sort()).toEqual([201, 422])
})

it.each([
  ['renew', { paid_through: '2027-04-15T00:00:00Z' }, 500],
  ['change', { plan: 'agency' }, 1500],
  ['lapse', {}, 500],
  ['cancel', {}, 500],
  ['cancel', { when: 'now' }, 500],
])(
  '%s %j is applied once, although it is sent in parallel with one key and with others',
  async (event, body, available) => {
    const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
    const { id } = await account.join({ plan: 'freelancer' })
    const key = randomUUID()
    // A request during the end of the workflow gets 503.
    const post = async (key: string = randomUUID()): Promise<Answer> => {
      const answer = await branding.post(`/v1/memberships/${id}/${event}`, body, key)
      return answer.status === 503 ? post(key) : answer
    }
    const answers = await Promise.all([post(key), post(key), post(key), post(), post(), post()])
    expect(answers.map(answer => answer.status)).toEqual(answers.map(() => 200))
    const replay = await post(key)
    expect(replay.headers.get('idempotent-replayed')).toBe('true')
    expect(await account.balance()).toMatchObject({ available })
    if (event === 'change') return
    const { history } = (await branding.get(`/v1/memberships/${id}`)).body
    const events = history.map(({ what }: { what: string }) => what)
    expect(events).toEqual([...new Set(events)])
  },
)

it('a membership of another product is not found', async () => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer' })
  const notFound = { status: 404, body: { code: 'not_found' } }
  expect(await kvidai.get(`/v1/memberships/${id}`)).toMatchObject(notFound)
  expect(await kvidai.post(`/v1/memberships/${id}/cancel`, {})).toMatchObject(notFound)
  expect(await kvidai.post(`${account.path}/memberships`, { plan: 'membership' })).toMatchObject(notFound)
  expect(await branding.get('/v1/memberships/mem_none')).toMatchObject(notFound)
})

const PLANS = /freelancer, agency, legacy-branding-app/

it.each([
  ['an unknown plan', 'memberships', { plan: 'member' }, 'plan', PLANS],
  ['a trial that is not offered', 'memberships', { plan: 'agency', trial: true }, 'trial', /not offered/],
  [
    'paid_through in the past',
    'memberships',
    { plan: 'agency', paid_through: '2027-01-14T00:00:00Z' },
    'paid_through',
    /after/,
  ],
  ['a future anchor', 'memberships', { plan: 'agency', anchor: '2027-01-15T00:00:01Z' }, 'anchor', /future/],
  ['no slots', 'memberships', { plan: 'agency', slots: 0 }, 'slots', /./],
  ['a change to an unknown plan', 'change', { plan: 'member' }, 'plan', PLANS],
  ['an empty change', 'change', {}, '(body)', /plan, slots/],
])('%s is refused and changes nothing', async (_what, action, body, path, message) => {
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer' })
  const at = action === 'memberships' ? `${account.path}/memberships` : `/v1/memberships/${id}/${action}`
  expect(await branding.post(at, body)).toMatchObject({
    status: 422,
    body: { code: 'invalid_request', errors: [{ path, message: expect.stringMatching(message) }] },
  })
  expect(await account.lots()).toHaveLength(1)
  expect((await branding.get(`${account.path}/memberships`)).body.data).toHaveLength(1)
})
