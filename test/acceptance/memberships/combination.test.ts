import { runAudit } from '../../support/clients/run-audit.ts'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import {
  FEB,
  JAN,
  type LotkeeperWithStripe,
  startLotkeeperWithStripe,
  subscribed,
} from '../../support/stand-ins/lotkeeper-with-stripe.ts'

let run: LotkeeperWithStripe

beforeAll(async () => {
  run = await startLotkeeperWithStripe()
})
afterAll(() => run?.stop())

async function createAccount(product: string): Promise<TestAccount> {
  return createTestAccount(run.lotkeeper.as(product), '2027-01-05T00:00:00.000Z')
}

const combine = ({ caller }: TestAccount, ...memberships: string[]) =>
  caller.post('/v1/memberships/combine', { memberships })

it('BR-04 paid memberships are combined too: one anniversary, the longest paid time', async () => {
  const account = await createAccount('branding')
  const first = await account.join({ plan: 'freelancer', paid_through: '2027-02-05T00:00:00Z' })
  await account.advance('2027-01-20T00:00:00.000Z')
  const second = await account.join({ plan: 'agency', paid_through: '2027-03-20T00:00:00Z' })
  expect(await combine(account, second.id, first.id)).toMatchObject({
    status: 200,
    body: {
      id: first.id,
      plan: 'freelancer',
      paid_through: '2027-03-20T00:00:00.000Z',
      next_grant: { at: '2027-02-05T00:00:00.000Z', amount: 2000 },
    },
  })
  await account.updateMembership(first.id, 'change', { plan: 'agency' })
  await account.advance('2027-04-01T00:00:00.000Z')
  expect(await account.entries()).toEqual([
    '2027-01-05 500 monthly: issued → available',
    '2027-01-20 1500 monthly: issued → available',
    '2027-01-20 1000 monthly: issued → available',
    '2027-02-05 500 monthly: available → expired',
    '2027-02-05 1000 monthly: available → expired',
    '2027-02-05 3000 monthly: issued → available',
    '2027-02-20 1500 monthly: available → expired',
    '2027-03-05 3000 monthly: available → expired',
    '2027-03-05 3000 monthly: issued → available',
  ])
})

it('BR-18 nothing is lost by combining: months of the other that begin before the first common one still come', async () => {
  const account = await createTestAccount(run.lotkeeper.as('branding'), '2027-03-07T00:00:00.000Z')
  const first = await account.join({ plan: 'legacy-branding-app' })
  await account.advance('2027-03-10T00:00:00.000Z')
  const second = await account.join({ plan: 'appsumo-tier-3' })
  await account.advance('2027-04-08T00:00:00.000Z')
  expect(await combine(account, first.id, second.id)).toMatchObject({
    status: 200,
    body: { next_grant: { at: '2027-05-07T00:00:00.000Z', amount: 375 } },
  })
  const show = async () => (await account.caller.get(`/v1/memberships/${second.id}`)).body
  expect(await show()).toMatchObject({
    state: 'active',
    joins: { into: first.id, before: '2027-05-07T00:00:00.000Z' },
    next_grant: { at: '2027-04-10T00:00:00.000Z', amount: 167 },
  })
  expect(await combine(account, first.id, second.id)).toMatchObject({ status: 422 })
  await account.advance('2027-04-10T00:00:00.000Z')
  expect(await show()).toMatchObject({ state: 'ended', joins: null })
  await account.advance('2027-05-10T00:00:00.000Z')
  expect((await account.lots()).slice(1)).toEqual([
    '167 monthly 2027-03-10 → 2027-04-10',
    '208 monthly 2027-04-07 → 2027-05-07',
    '167 monthly 2027-04-10 → 2027-05-10',
    '375 monthly 2027-05-07 → 2027-06-07',
  ])
  expect((await runAudit(account.caller, account.path)).body).toMatchObject({ state: 'done', findings: [] })
})

type RefusedCase = [
  what: string,
  product: string,
  second: object,
  then: (account: TestAccount, id: string) => Promise<unknown>,
  why: RegExp,
]

const nothing = async () => undefined
const refusedCases: RefusedCase[] = [
  ['combining with a plan without payment', 'branding', { plan: 'zsuite' }, nothing, /only one of them is paid for/],
  [
    'combining with a lapsed membership',
    'branding',
    { plan: 'agency' },
    (account, id) => account.updateMembership(id, 'lapse'),
    /is lapsed/,
  ],
  [
    'combining with an ended membership',
    'branding',
    { plan: 'agency' },
    (account, id) => account.updateMembership(id, 'cancel', { when: 'now' }),
    /has ended/,
  ],
  [
    'combining with a cancelled membership',
    'branding',
    { plan: 'agency' },
    (account, id) => account.updateMembership(id, 'cancel'),
    /is cancelled/,
  ],
  [
    'combining with a membership that has a scheduled change',
    'branding',
    { plan: 'agency' },
    (account, id) => account.updateMembership(id, 'change', { plan: 'freelancer' }),
    /has a scheduled change/,
  ],
  [
    'combining plans without a configured amount',
    'listing-studio',
    { plan: 'professional' },
    nothing,
    /no monthly amount configured/,
  ],
]

it.each(refusedCases)('BR-04 %s is refused and changes nothing', async (_, product, second, then, why) => {
  const account = await createAccount(product)
  const first = await account.join({ plan: product === 'branding' ? 'freelancer' : 'professional-plus' })
  const { id } = await account.join(second)
  await then(account, id)
  const before = await account.entries()
  expect(await combine(account, first.id, id)).toMatchObject({
    status: 422,
    body: { code: 'invalid_request', errors: [{ path: 'memberships', message: expect.stringMatching(why) }] },
  })
  expect(await account.entries()).toEqual(before)
})

it('BR-04 combining with a membership that Stripe bills is refused, since Stripe would continue to bill it', async () => {
  const { time: account, id } = await subscribed(run)
  await run.deliver(run.stripe.event('invoice.paid', run.stripe.invoice(id, JAN, FEB)))
  const { body } = await account.caller.get(`${account.path}/memberships`)
  const other = await account.join({ plan: 'member' })
  expect(await combine(account, other.id, body.data[0].id)).toMatchObject({
    status: 422,
    body: {
      errors: [{ message: expect.stringMatching(/billed by stripe.*combine the subscriptions there/) }],
    },
  })
  expect(await account.entries()).toHaveLength(2)
})
