import { timeOf } from '../../db/accounts/accounts.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { findResult } from '../../db/core/idempotency.ts'
import { findMembership, type MembershipRecord, membershipEventKey } from '../../db/memberships/memberships.ts'
import { monthlyCredits } from '../../domain/memberships/membership.ts'
import { invalidRequest, notFound } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import { recordActivity } from '../routes/accounts/activity.ts'
import { sendMembershipUpdate } from './memberships.ts'

/**
 * Combines memberships of one account. The oldest keeps its anniversary and takes over the monthly credits of the others
 * and the latest paid_through; the others end, each after its months that begin before the first common one (BR-18). Granted
 * credits stay. The kept membership is updated first, so that an interruption grants too much rather than too little until
 * the request is repeated (BR-04).
 * @returns the id of the kept membership
 * @throws Refused not_found, invalid_request
 */
export async function combineMemberships(
  app: App,
  caller: Caller,
  ids: string[],
  key: string,
  reason?: string,
): Promise<string> {
  const { product } = caller
  const found = await Promise.all([...new Set(ids)].map(id => load(app, product, id)))
  const [kept, ...joining] = found.sort((a, b) => (a.status.anchor < b.status.anchor ? -1 : 1))
  if (!kept || joining.length === 0) throw invalidRequest('memberships', 'must name at least two memberships')
  // In a repeated request some have already ended because of the first one.
  const started = await findResult(app.db, kept.account_key, membershipEventKey(kept.membership, key))
  if (!started) for (const one of found) checkCombinable(one, kept)
  const credits = joining.reduce((sum, one) => sum + (monthlyCredits(one.status) ?? 0), 0)
  const memberships = joining.map(one => one.membership)
  const paid_through = joining
    .map(({ status }) => status.paid_through)
    .reduce((longest, time) => (time && time > (longest ?? '') ? time : longest), null)
  const combine = { kind: 'combine' as const, credits, memberships, ...(paid_through && { paid_through }) }
  const at = timeOf(kept, app.now())
  const operation_key = membershipEventKey(kept.membership, key)
  const activity = { action: 'combine', reason, detail: { into: kept.membership, memberships } }
  await recordActivity(app, caller, { account_key: kept.account_key, at, operation_key }, activity)
  await sendMembershipUpdate(app, product, kept.membership, combine, key)
  for (const one of memberships)
    await sendMembershipUpdate(app, product, one, { kind: 'join', into: kept.membership }, key)
  return kept.membership
}

async function load(app: App, product: string, id: string): Promise<MembershipRecord> {
  const found = await findMembership(app.db, product, id)
  if (found) return found
  throw notFound(`membership ${id}`)
}

function checkCombinable(one: MembershipRecord, kept: MembershipRecord): void {
  const error = combinationError(one, kept)
  if (error) throw invalidRequest('memberships', `${one.membership} ${error}`)
}

/** The reason why a membership cannot join the kept one; undefined if it can. */
function combinationError({ status, provider, account_key }: MembershipRecord, kept: MembershipRecord) {
  if (account_key !== kept.account_key) return 'belongs to another account'
  if (provider !== 'manual') return `is billed by ${provider}: combine the subscriptions there`
  if (status.state === 'ended') return 'has ended'
  if (status.state !== 'active') return `is ${status.state}: only active memberships can be combined`
  if (status.cancel_at_period_end) return 'is cancelled: reactivate it first'
  if (status.joins) return `joins ${status.joins.into} already`
  if (status.arranged && status !== kept.status)
    return 'has arranged credits: end the arrangement, and make it anew afterwards'
  if (status.scheduled) return 'has a scheduled change: combine after it'
  if ((status.terms.payment === 'none') !== (kept.status.terms.payment === 'none'))
    return `and ${kept.membership} differ: only one of them is paid for`
  if (monthlyCredits(status) === null) return 'has no monthly amount configured'
  if (status.terms.monthly?.source !== kept.status.terms.monthly?.source) return 'grants credits of another source'
  return undefined
}
