import type { MembershipGrant } from '../../domain/memberships/grants.ts'
import type { Membership, TimelineEvent } from '../../domain/memberships/membership.ts'
import type { TransitionInput } from '../../domain/memberships/transitions.ts'
import { membershipWebhookEvents } from '../../domain/webhooks/events.ts'
import type { Account } from '../accounts/accounts.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'

/** One move of a membership: how it stands afterwards, and the credits that fell due, each under a key of its own. */
export type MembershipTransition = {
  product: string
  membership: string
  provider: string
  external_id: string | null
  /** how many moves there were before; a move made in between lets this one fail, to be decided anew */
  moves: number
  status: Membership
  /** what it was decided on, kept so that it can be decided again */
  told: TransitionInput
  covered_until: string
  next_due_at: string | null
  grants: MembershipGrant[]
  happenings: TimelineEvent[]
}

export type MembershipRecord = {
  account_key: string
  membership: string
  provider: string
  external_id: string | null
  status: Membership
  moves: number
} & Pick<Account, 'account' | 'clock_now' | 'test_clock'>

/**
 * Records a move of a membership and its grants, all or nothing; credits that were given before under the same key are
 * not given again. The account is a member until the last of its memberships ends.
 * @param event what caused the move: the same operation key with another event is an error
 */
export function saveMembership(
  db: Db,
  which: Command,
  event: unknown,
  move: MembershipTransition,
): Promise<{ status: Membership; totals: Totals } & Replayable> {
  return command(db, 'save_membership', which, event, { ...move, events: membershipWebhookEvents })
}

/** The operation key of an event of a membership: the same event id again is the same event. */
export function membershipEventKey(membership: string, eventId: string): string {
  return `membership/${membership}/event/${eventId}`
}

/** A membership of a product by its id, or null. */
export async function findMembership(db: Db, product: string, id: string): Promise<MembershipRecord | null> {
  const { rows } = await db.query<MembershipRecord>({
    name: 'find_membership',
    text: `select m.account_key, m.membership, m.provider, m.external_id, m.status, m.moves, a.account, a.test_clock,
        c.now_at as clock_now
      from memberships m join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
      where m.product = $1 and m.membership = $2`,
    values: [product, id],
  })
  return rows[0] ?? null
}

/** All memberships of an account, in the order in which they were begun. */
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

/** What happened to a membership, oldest first. */
export async function membershipHistory(db: Db, account_key: string, id: string): Promise<TimelineEvent[]> {
  const { rows } = await db.query<TimelineEvent>(
    `select iso(at) as at, what, detail from membership_events where account_key = $1 and membership = $2
     order by event_no`,
    [account_key, id],
  )
  return rows
}
