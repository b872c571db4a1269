import { loadAccount, timeOf } from '../../db/accounts/accounts.ts'
import { expiringBy } from '../../db/ledger/lots/expiry-range.ts'
import { listMemberships } from '../../db/memberships/memberships.ts'
import { policyOf } from '../../platform/policy-store.ts'
import type { App } from '../http/app.ts'
import type { Caller } from '../http/auth.ts'
import type { Answer } from '../http/route.ts'
import { nextGrantOf } from '../routes/accounts/next-grant.ts'
import type { Door } from './routes.ts'
import type { Visitor } from './sessions.ts'

/** What the page must know besides the API's own answers: names, rules of the sources, and what it may call. */
export async function overview(app: App, caller: Caller, visitor: Visitor, doors: Door[]): Promise<Answer> {
  const account = await loadAccount(app.db, caller.product, visitor.account)
  const policy = policyOf(app.policies, caller.product)
  const at = timeOf(account, app.now())
  const next = nextGrantOf(await listMemberships(app.db, account.account_key), at)
  const outlook = next && { at, until: new Date(next.at) }
  return {
    body: {
      as_of: at,
      account: account.account,
      closed_at: account.closed_at,
      product: { id: policy.product, name: policy.name },
      plans: Object.fromEntries(Object.entries(policy.plans).map(([id, { name }]) => [id, name])),
      packs: Object.fromEntries(Object.entries(policy.packs).map(([id, { name }]) => [id, name])),
      sources: Object.fromEntries(
        Object.entries(policy.sources).map(([id, { members_only }]) => [id, { members_only }]),
      ),
      spending_requires_membership: policy.spending.requires_membership,
      redeems: Object.values(policy.packs).some(({ delivery }) => delivery === 'code'),
      gone_by_next_grant: outlook && (await expiringBy(app.db, account.account_key, outlook)),
      may: doors.map(({ method, path }) => `${method} ${path}`),
    },
  }
}
