import { loadAccount, timeOf } from '../../db/accounts/accounts.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import type { PortalUser } from '../../db/accounts/portal-sessions.ts'
import { expiringBy } from '../../db/ledger/lots/expire.ts'
import { listMemberships, type MembershipRecord } from '../../db/memberships/memberships.ts'
import { announcementFor } from '../../domain/policy/announcement.ts'
import { schemeColors } from '../../domain/policy/page/brand.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { methodsAt } from '../../domain/purchases/payment-methods.ts'
import { languages } from '../../domain/shared/languages.ts'
import { policyOf } from '../../platform/policy-store.ts'
import type { App } from '../http/app.ts'
import type { RouteResponse } from '../http/route.ts'
import { nextGrantOf } from '../routes/accounts/allowances.ts'
import { plansToJoin } from './plans.ts'
import type { PortalRoute } from './routes.ts'

/** Data of the page beyond the API's responses: names, looks, the plans to join, and the calls it may make. */
export async function overview(
  app: App,
  caller: Caller,
  user: PortalUser,
  routes: PortalRoute[],
): Promise<RouteResponse> {
  const account = await loadAccount(app.db, caller.product, user.account)
  const policy = policyOf(app.policies, caller.product)
  const at = timeOf(account, app.now())
  const memberships = await listMemberships(app.db, account.account_key)
  const next = nextGrantOf(memberships, at)
  const expiryRange = next && { at, until: new Date(next.at) }
  return {
    body: {
      as_of: at,
      account: account.account,
      closed_at: account.closed_at,
      product: {
        id: policy.product,
        name: policy.name,
        logo: policy.page.logo,
        colors: policy.page.color && schemeColors(policy.page.color),
      },
      support: policy.contact.support,
      return_url: user.return_url,
      language: user.locale ?? account.language,
      plans: Object.fromEntries(Object.entries(policy.plans).map(([id, { name }]) => [id, name])),
      packs: Object.fromEntries(Object.entries(policy.packs).map(([id, { name }]) => [id, name])),
      show_balance: policy.page.show_balance,
      plans_to_join: plansToJoin(policy),
      freezes: Object.values(policy.sources).some(source => source.members_only),
      payment_methods: methodsAt(policy, at.toISOString()),
      billed_by_invoice: policy.purchases.providers[0] === 'invoice',
      refund: policy.purchases.refund === 'never' ? null : policy.purchases.refund,
      redeems: Object.values(policy.packs).some(({ delivery }) => delivery === 'code'),
      invoices: policy.invoices !== null,
      expiring_before_next_grant: expiryRange && (await expiringBy(app.db, account.account_key, expiryRange)),
      announcements: announcementsFor(app, policy, account.account, memberships),
      may: routes.map(({ method, path }) => `${method} ${path}`),
    },
  }
}

/** The announcement of the next version in each language, since the viewer may change theirs; null if there is none. */
function announcementsFor(app: App, policy: Policy, account: string, memberships: Pick<MembershipRecord, 'status'>[]) {
  const customer = { account, memberships: memberships.map(({ status }) => status) }
  const written = languages.map(language => [
    language,
    announcementFor(policy, app.policies.next(policy.product), customer, language),
  ])
  return written.some(([, announcement]) => announcement) ? Object.fromEntries(written) : null
}
