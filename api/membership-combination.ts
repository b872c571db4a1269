import { monthlyCredits } from '../credits/membership.ts'
import { invalidRequest, Refused } from '../credits/refusals.ts'
import { findMembership, type MembershipOnBook, membershipEventKey } from '../ledger/memberships.ts'
import { recall } from '../ledger/recall.ts'
import type { App } from './app.ts'
import { tellMembership } from './membership-client.ts'

/**
 * Combines memberships of one account that need no payment: the oldest keeps its anniversary and takes over what the
 * others give a month; the others end. What was given stays. It is told first, so that a break in between gives too much
 * rather than too little until the request is repeated (BR-04).
 * @returns the id of the one that is kept
 * @throws Refused not_found, invalid_request
 */
export async function combineMemberships(
  app: App,
  product: string,
  ids: string[],
  key: string,
): Promise<string> {
  const found = await Promise.all([...new Set(ids)].map(id => load(app, product, id)))
  const [kept, ...joining] = found.sort((a, b) => (a.status.anchor < b.status.anchor ? -1 : 1))
  if (!kept || joining.length === 0)
    throw invalidRequest('memberships', 'must name at least two different ones')
  // A repeated request finds some of them ended already, by itself.
  const begun = await recall(app.book, kept.account_key, membershipEventKey(kept.membership, key))
  if (!begun) for (const one of found) checkCombinable(one, kept)
  const credits = joining.reduce((sum, one) => sum + (monthlyCredits(one.status) ?? 0), 0)
  const memberships = joining.map(one => one.membership)
  await tellMembership(app, product, kept.membership, { kind: 'combine', credits, memberships }, key)
  for (const one of memberships)
    await tellMembership(app, product, one, { kind: 'join', into: kept.membership }, key)
  return kept.membership
}

async function load(app: App, product: string, id: string): Promise<MembershipOnBook> {
  const found = await findMembership(app.book, product, id)
  if (found) return found
  throw new Refused({ code: 'not_found', detail: `There is no membership ${id}.` })
}

function checkCombinable(
  { membership, status, account_key }: MembershipOnBook,
  kept: MembershipOnBook,
): void {
  const refuse = (why: string) => invalidRequest('memberships', `${membership} ${why}`)
  if (account_key !== kept.account_key) throw refuse('belongs to another account')
  if (status.terms.payment !== 'none')
    throw refuse('is paid for; only memberships without payment can be combined')
  if (status.terms.monthly?.source !== kept.status.terms.monthly?.source)
    throw refuse('gives credits of another kind')
  if (status.state === 'ended') throw refuse('has ended')
}
