import type { MembershipGrant } from '../../domain/memberships/grants.ts'
import type { Membership, TimelineEvent } from '../../domain/memberships/membership.ts'
import { membershipAttention } from '../../domain/memberships/subscriptions/subscription-change.ts'
import type { TransitionInput } from '../../domain/memberships/transitions.ts'
import { raisedIn } from '../../domain/shared/attention.ts'
import { notFound } from '../../domain/shared/refusals.ts'
import { membershipWebhookEvents } from '../../domain/webhooks/events.ts'
import type { Account } from '../accounts/accounts.ts'
import { type Command, command, type Db, type Replayable, refuseDuplicate, type Totals } from '../core/command.ts'
import type { QueuedEmail } from '../emails/emails.ts'

/** A transition of a membership: its new status and the credits that fell due, each under its own key. */
export type MembershipTransition = {
  product: string
  membership: string
  provider: string
  external_id: string | null
  /** the revision that it was decided on; it fails if that has changed, and must be decided again */
  revision: number
  status: Membership
  /** how many trials the plan offers, if the membership begins with one; another one by then fails like the revision */
  trial: 'account' | 'membership' | null
  /** the input of the decision, stored so that audits can replay it */
  input: TransitionInput
  covered_until: string
  next_due_at: string | null
  grants: MembershipGrant[]
  effects: MonthLotEffect[]
  events: TimelineEvent[]
  emails: QueuedEmail[]
}

/**
 * A change of the lots of a month whose payment went back, or whose rest was credited (`return`, before the grants, so that they
 * pay what was used). Takes by the causes `besides` count towards the credits to take.
 */
export type MonthLotEffect =
  | {
      kind: 'take' | 'return'
      cause: string
      credits: number
      short: 'leave' | 'debt'
      besides: string[]
      reason: string
      origin: { type: 'membership'; id: string }
      month: { from: string; until: string; sources: string[] }
    }
  | { kind: 'restore'; cause: string; reason: string; replacement: object }

export type MembershipRecord = {
  account_key: string
  membership: string
  provider: string
  external_id: string | null
  status: Membership
  revision: number
} & Pick<Account, 'account' | 'clock_now' | 'test_clock'>

/**
 * Records a transition of a membership and its grants in one transaction; a grant under a known key is skipped. The account
 * is a member until its last membership ends.
 * @throws Refused invalid_request if another product has the subscription
 * @param event the cause of the transition; another event under a known operation key is an error
 */
export function saveMembership(
  db: Db,
  ref: Command,
  event: unknown,
  transition: MembershipTransition,
): Promise<{ status: Membership; totals: Totals } & Replayable> {
  const saved = command<{ status: Membership; totals: Totals }>(db, 'save_membership', ref, event, {
    ...transition,
    attention: raisedIn(membershipAttention(transition.status)),
    webhook_events: membershipWebhookEvents,
  })
  return saved.catch(refuseDuplicate('memberships_by_subscription', 'external_id', 'belongs to another product'))
}

/** The operation key of an event of a membership. */
export function membershipEventKey(membership: string, eventId: string): string {
  return `membership/${membership}/event/${eventId}`
}

/** A membership of a product by its id, or null. */
export async function findMembership(db: Db, product: string, id: string): Promise<MembershipRecord | null> {
  const { rows } = await db.query<MembershipRecord>({
    name: 'find_membership',
    text: `select m.account_key, m.membership, m.provider, m.external_id, m.status, m.revision, a.account, a.test_clock,
        c.now_at as clock_now
      from memberships m join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
      where m.product = $1 and m.membership = $2`,
    values: [product, id],
  })
  return rows[0] ?? null
}

/** @throws Refused not_found */
export async function loadMembership(db: Db, product: string, id: string): Promise<MembershipRecord> {
  const found = await findMembership(db, product, id)
  if (found) return found
  throw notFound('membership')
}

/** The product in which a Stripe subscription has its membership, or null. */
export async function findProductOfSubscription(db: Db, subscription: string): Promise<string | null> {
  const { rows } = await db.query<{ product: string }>(
    `select product from memberships where provider = 'stripe' and external_id = $1`,
    [subscription],
  )
  return rows[0]?.product ?? null
}

/** The memberships of an account, by start. */
export async function listMemberships(
  db: Db,
  account_key: string,
): Promise<Pick<MembershipRecord, 'membership' | 'provider' | 'external_id' | 'status'>[]> {
  const { rows } = await db.query({
    name: 'list_memberships',
    text: `select membership, provider, external_id, status from memberships where account_key = $1
      order by status->>'anchor', membership`,
    values: [account_key],
  })
  return rows
}

/** The timeline of a membership, oldest first. */
export async function membershipTimeline(db: Db, account_key: string, id: string): Promise<TimelineEvent[]> {
  const { rows } = await db.query<TimelineEvent>(
    `select iso(at) as at, what, detail from timeline_events where account_key = $1 and subject = 'membership' and subject_id = $2
     order by event_no`,
    [account_key, id],
  )
  return rows
}

/** Until when an account's ended or lapsed memberships had launch credits, or null. */
export async function launchedBefore(db: Db, account_key: string): Promise<string | null> {
  const { rows } = await db.query<{ launched: string | null }>(
    `select max(status->>'launched') as launched from memberships
     where account_key = $1 and status->>'state' in ('lapsed', 'ended')`,
    [account_key],
  )
  return rows[0]?.launched ?? null
}
