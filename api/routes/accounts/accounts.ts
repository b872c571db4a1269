import { z } from 'zod'
import { type AccountContext, loadContextAndBalance } from '../../../db/accounts/account-context.ts'
import { putAccount } from '../../../db/accounts/accounts.ts'
import { loadTestClock } from '../../../db/accounts/test-clocks.ts'
import { type Balance, balanceAt } from '../../../db/ledger/balance.ts'
import { listMemberships } from '../../../db/memberships/memberships.ts'
import { languages } from '../../../domain/shared/languages.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import { policyOf } from '../../../platform/policy-store.ts'
import { providerCodes } from '../../docs/error-codes.ts'
import type { App } from '../../http/app.ts'
import { route } from '../../http/route.ts'
import {
  accountName,
  balanceShape,
  credits,
  instant,
  membershipShape,
  named,
  time,
  timeZone,
} from '../../http/shapes.ts'
import { joinCampaigns } from '../../temporal/campaigns.ts'
import { closeAccount } from '../../temporal/closures.ts'
import { membershipResponse } from '../../temporal/memberships.ts'
import { syncWaitingSubscriptions } from '../../temporal/subscriptions.ts'
import { allowancesOf, limitsOf, nextGrantOf } from './allowances.ts'

const closedShape = z.object({
  account: accountName,
  closed_at: time,
  valid_codes: z.int().describe('Codes that it bought and nobody redeemed. They stay valid for whoever has them.'),
})

const accountShape = named('Account', {
  account: accountName,
  email: z.email().nullable(),
  time_zone: z.string(),
  language: z.enum(languages).nullable().describe('The language of its emails; null: as the policy says.'),
  test_clock: z.string().nullable(),
  stripe_customer: z.string().nullable(),
  created_at: time,
  closed_at: time.nullable(),
  member_until: time.nullable(),
  trial_used: z.boolean().describe('Whether a membership of the account began with a trial.'),
  memberships: z.array(membershipShape),
  next_refresh: balanceShape.shape.next_grant,
  limits: z.object({
    daily_credits: credits.nullable(),
    concurrency: z.object({ limit: z.int(), used: z.int() }).nullable(),
    requests_per_minute: z.int().nullable(),
    priority: z.int(),
  }),
  balance: balanceShape,
})

const fields = z.strictObject({
  email: z.email().max(254).nullable().optional(),
  time_zone: timeZone.optional(),
  language: z.enum(languages).nullable().optional().describe('The language of its emails; null: as the policy says.'),
  test_clock: z
    .string()
    .max(200)
    .optional()
    .describe('Set only on creation, so that the time of an account never jumps.'),
  stripe_customer: z.string().max(200).nullable().optional(),
})

export const accountRoutes = [
  route('put /v1/accounts/{account}', {
    operationId: 'putAccount',
    scope: 'manage',
    summary: 'Create or update an account',
    body: fields,
    refuses: providerCodes,
    responses: { 200: accountShape, 201: accountShape },
    async handler({ app, caller, params, body }) {
      if (body.test_clock !== undefined) await loadTestClock(app.db, caller.product, body.test_clock)
      const { account, created } = await putAccount(app.db, caller.product, params.account, body, app.now())
      if (created) await joinCampaigns(app, account)
      await syncWaitingSubscriptions(app, account)
      return { status: created ? 201 : 200, ...(await accountResponse(app, caller.product, params.account)) }
    },
  }),

  route('delete /v1/accounts/{account}', {
    operationId: 'closeAccount',
    scope: 'manage',
    summary: 'Close an account for ever; export its entries first',
    responses: { 200: closedShape },
    async handler({ app, caller, params }) {
      return { body: { account: params.account, ...(await closeAccount(app, caller.product, params.account)) } }
    },
  }),

  route('get /v1/accounts/{account}', {
    operationId: 'getAccount',
    scope: 'read',
    summary: 'Get an account with its plan and credits',
    responses: { 200: accountShape },
    async handler({ app, caller, params }) {
      return accountResponse(app, caller.product, params.account)
    },
  }),

  route('get /v1/accounts/{account}/balance', {
    operationId: 'getBalance',
    scope: 'read',
    summary: 'Get the balance, now or at a past time',
    query: z.object({ at: instant.optional() }),
    responses: { 200: balanceShape },
    async handler({ app, caller, params, query }) {
      const found = await loadContextAndBalance(app.db, caller.product, params.account, app.now())
      const { current } = found
      const headers = totalsOf(current)
      if (!query.at) return { body: await balanceBody(app, found, current), ...headers }
      if (query.at > found.at) throw invalidRequest('at', 'must not be in the future')
      const past = await balanceAt(app.db, found.account.account_key, query.at)
      // Past limits are not stored.
      const body = { ...(await balanceBody(app, found, past)), daily_limit: null, trials: {} }
      return { body, ...headers }
    },
  }),
]

async function accountResponse(app: App, product: string, name: string) {
  const found = await loadContextAndBalance(app.db, product, name, app.now())
  const { account, current } = found
  const known = await listMemberships(app.db, account.account_key)
  const memberships = await Promise.all(known.map(({ membership }) => membershipResponse(app, product, membership)))
  const { account_key: _, product: __, clock_now: ___, trial_membership, ...shown } = account
  const shownBalance = await balanceBody(app, found, current)
  return {
    body: {
      ...shown,
      trial_used: trial_membership !== null,
      memberships: memberships.map(answer => answer.body),
      next_refresh: shownBalance.next_grant,
      limits: limitsOf(policyOf(app.policies, product), found),
      balance: shownBalance,
    },
    ...totalsOf(current),
  }
}

function totalsOf({ available, held, frozen, next_expiry }: Balance) {
  return { totals: { available, held, frozen, next_expiry: next_expiry?.at ?? null } }
}

/** Lists every source of the policy, also those without credits. */
async function balanceBody(app: App, found: AccountContext, { by_source, ...balance }: Balance) {
  const { account, at, entitlementContext } = found
  const policy = policyOf(app.policies, account.product)
  const none = Object.keys(policy.sources).map(source => [source, { available: 0, held: 0, frozen: 0 }])
  return {
    account: account.account,
    ...balance,
    by_source: { ...Object.fromEntries(none), ...by_source },
    next_grant: nextGrantOf(
      entitlementContext.memberships.map(status => ({ status })),
      at,
    ),
    ...(await allowancesOf(app.db, policy, found)),
  }
}
