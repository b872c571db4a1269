import { listMemberships } from '../../db/memberships/memberships.ts'
import { listPurchases } from '../../db/purchases/purchases.ts'
import { loadContext as loadPurchaseContext } from '../purchases/context.ts'
import { askProvider, ignoreRefusal } from '../purchases/payments.ts'
import { type AuditDeps, type AuditRef, loadContext } from './context.ts'

/** The newest purchases only: earlier audits asked about the older ones. */
const MOST_PURCHASES = 100

/**
 * Asks the payment providers about an account's purchases and records their answers.
 * @returns the purchases that no provider could be asked about, and the memberships with a Stripe subscription
 */
export async function askAboutPurchases(
  deps: AuditDeps,
  ref: AuditRef,
): Promise<{ unasked: string[]; subscriptions: string[] }> {
  const { account_key } = (await loadContext(deps, ref)).account
  const { data } = await listPurchases(deps.db, ref.product, { account_key }, { limit: MOST_PURCHASES })
  const unasked: string[] = []
  for (const { purchase: id, status } of data) {
    if (!deps.payments[status.provider]?.ask) continue
    const purchase = { product: ref.product, account: ref.account, id }
    const { references } = await loadPurchaseContext(deps, purchase)
    if (!(await askProvider(deps, purchase, references).catch(ignoreRefusal))) unasked.push(id)
  }
  const memberships = await listMemberships(deps.db, account_key)
  const subscriptions = memberships
    .filter(({ provider, external_id }) => provider === 'stripe' && external_id)
    .map(({ membership }) => membership)
  return { unasked, subscriptions }
}
