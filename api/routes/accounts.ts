import { z } from 'zod'
import { invalidRequest } from '../../credits/refusals.ts'
import { type Account, loadAccount, putAccount, timeOf } from '../../ledger/accounts.ts'
import { type Balance, balance, balanceAt } from '../../ledger/balance.ts'
import { listMemberships } from '../../ledger/memberships.ts'
import { loadTestClock } from '../../ledger/test-clocks.ts'
import { policyOf } from '../../policy-files.ts'
import type { App } from '../app.ts'
import { membershipAnswer } from '../membership-client.ts'
import { nextGrantOf } from '../next-grant.ts'
import { route } from '../route.ts'
import {
  accountName,
  accountParams,
  balanceShape,
  instant,
  membershipShape,
  time,
  timeZone,
} from '../shapes.ts'
import { followCustomer } from '../subscription-client.ts'

const accountShape = z.object({
  account: accountName,
  email: z.email().nullable(),
  time_zone: z.string(),
  test_clock: z.string().nullable(),
  stripe_customer: z.string().nullable(),
  created_at: time,
  closed_at: time.nullable(),
  member_until: time.nullable(),
  memberships: z.array(membershipShape),
  balance: balanceShape,
})

const fields = z.strictObject({
  email: z.email().max(254).nullable().optional(),
  time_zone: timeZone.optional(),
  test_clock: z
    .string()
    .max(200)
    .optional()
    .describe('Only when the account is created: its time never jumps.'),
  stripe_customer: z.string().max(200).nullable().optional(),
})

export const accountRoutes = [
  route({
    method: 'put',
    path: '/v1/accounts/{account}',
    scope: 'manage',
    summary: 'Creates or updates an account',
    params: accountParams,
    body: fields,
    answers: { 200: accountShape, 201: accountShape },
    async handler({ app, caller, params, body }) {
      if (body.test_clock !== undefined) await loadTestClock(app.book, caller.product, body.test_clock)
      const { account, created } = await putAccount(app.book, caller.product, params.account, body, app.now())
      if (body.stripe_customer) await followCustomer(app, caller.product, body.stripe_customer)
      return { status: created ? 201 : 200, ...(await accountAnswer(app, account)) }
    },
  }),

  route({
    method: 'get',
    path: '/v1/accounts/{account}',
    scope: 'read',
    summary: 'Plan and credits of an account',
    params: accountParams,
    answers: { 200: accountShape },
    async handler({ app, caller, params }) {
      return accountAnswer(app, await loadAccount(app.book, caller.product, params.account))
    },
  }),

  route({
    method: 'get',
    path: '/v1/accounts/{account}/balance',
    scope: 'read',
    summary: 'What the account has, now or at a past time',
    params: accountParams,
    query: z.object({ at: instant.optional() }),
    answers: { 200: balanceShape },
    async handler({ app, caller, params, query }) {
      const account = await loadAccount(app.book, caller.product, params.account)
      const now = timeOf(account, app.now())
      const current = await balance(app.book, account.account_key, now)
      const headers = totalsOf(current)
      const next = nextGrantOf(await listMemberships(app.book, account.account_key), now)
      if (!query.at) return { body: balanceBody(app, account, current, next), ...headers }
      if (query.at > now) throw invalidRequest('at', 'must not lie in the future')
      const past = await balanceAt(app.book, account.account_key, query.at)
      return { body: balanceBody(app, account, past, next), ...headers }
    },
  }),
]

async function accountAnswer(app: App, account: Account) {
  const now = timeOf(account, app.now())
  const known = await listMemberships(app.book, account.account_key)
  const [current, ...memberships] = await Promise.all([
    balance(app.book, account.account_key, now),
    ...known.map(({ membership }) => membershipAnswer(app, account.product, membership)),
  ])
  const { account_key: _, product: __, clock_now: ___, ...shown } = account
  return {
    body: {
      ...shown,
      memberships: memberships.map(answer => answer.body),
      balance: balanceBody(app, account, current, nextGrantOf(known, now)),
    },
    ...totalsOf(current),
  }
}

function totalsOf({ available, held, frozen, next_expiry }: Balance) {
  return { totals: { available, held, frozen, next_expiry: next_expiry?.at ?? null } }
}

/** Every source of the policy is listed, so that a client finds a number where there are no credits. */
function balanceBody(
  app: App,
  { product, account }: Account,
  { by_source, ...balance }: Balance,
  next_grant: ReturnType<typeof nextGrantOf>,
) {
  const sources = Object.keys(policyOf(app.policies, product).sources)
  const none = sources.map(source => [source, { available: 0, held: 0, frozen: 0 }])
  return {
    account,
    ...balance,
    by_source: { ...Object.fromEntries(none), ...by_source },
    next_grant,
    daily_limit: null,
    trials: {},
  }
}
