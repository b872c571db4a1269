import { timeOf } from '../../db/accounts/accounts.ts'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { findResult } from '../../db/core/idempotency.ts'
import {
  findMembership,
  type MembershipRecord,
  membershipEventKey,
} from '../../db/memberships/memberships.ts'
import { monthlyCredits } from '../../domain/memberships/membership.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import { recordActivity } from '../routes/accounts/record-activity.ts'
import { sendMembershipUpdate } from './memberships.ts'

/**
 * Combines memberships of one account: the oldest keeps its anniversary and takes over what the others give a month and
 * the longest time that is paid for; the others end. What was given stays. It is told first, so that a break in between
 * gives too much rather than too little until the request is repeated (BR-04).
 * @returns the id of the one that is kept
 * @throws Refused not_found, invalid_request
 */
export async function combineMemberships(
  app: App,
  caller: Caller,
  ids: string[],
  key: string,
  why?: string,
): Promise<string> {
  const { product } = caller
  const found = await Promise.all([...new Set(ids)].map(id => load(app, product, id)))
  const [kept, ...joining] = found.sort((a, b) => (a.status.anchor < b.status.anchor ? -1 : 1))
  if (!kept || joining.length === 0)
    throw invalidRequest('memberships', 'must name at least two different ones')
  // A repeated request finds some of them ended already, by itself.
  const begun = await findResult(app.db, kept.account_key, membershipEventKey(kept.membership, key))
  if (!begun) for (const one of found) checkCombinable(one, kept)
  const credits = joining.reduce((sum, one) => sum + (monthlyCredits(one.status) ?? 0), 0)
  const memberships = joining.map(one => one.membership)
  const paid_through = joining
    .map(({ status }) => status.paid_through)
    .reduce((longest, time) => (time && time > (longest ?? '') ? time : longest), null)
  const combine = { kind: 'combine' as const, credits, memberships, ...(paid_through && { paid_through }) }
  const at = timeOf(kept, app.now())
  const operation_key = membershipEventKey(kept.membership, key)
  const act = { action: 'combine', reason: why, detail: { into: kept.membership, memberships } }
  await recordActivity(app, caller, { account_key: kept.account_key, at, operation_key }, act)
  await sendMembershipUpdate(app, product, kept.membership, combine, key)
  for (const one of memberships)
    await sendMembershipUpdate(app, product, one, { kind: 'join', into: kept.membership }, key)
  return kept.membership
}

async function load(app: App, product: string, id: string): Promise<MembershipRecord> {
  const found = await findMembership(app.db, product, id)
  if (found) return found
  throw new Refused({ code: 'not_found', detail: `There is no membership ${id}.` })
}

function checkCombinable(one: MembershipRecord, kept: MembershipRecord): void {
  const why = combinationError(one, kept)
  if (why) throw invalidRequest('memberships', `${one.membership} ${why}`)
}

/** Why one cannot join the one that is kept, in words; undefined where it can. */
function combinationError({ status, provider, account_key }: MembershipRecord, kept: MembershipRecord) {
  if (account_key !== kept.account_key) return 'belongs to another account'
  if (provider !== 'manual')
    return `is paid through ${provider}, which goes on charging for each: combine the subscriptions there`
  if (status.state === 'ended') return 'has ended'
  if (status.state !== 'active') return `is ${status.state}; only active ones can be combined`
  if (status.cancel_at_period_end) return 'is cancelled; take that back first (reactivate)'
  if (status.scheduled) return 'waits for a change of plan or slots; let that happen first'
  if ((status.terms.payment === 'none') !== (kept.status.terms.payment === 'none'))
    return `and ${kept.membership} are not alike: one needs payment, the other none`
  if (monthlyCredits(status) === null) return 'gives an amount that is not configured yet'
  if (status.terms.monthly?.source !== kept.status.terms.monthly?.source)
    return 'gives credits of another kind'
  return undefined
}
