import type { TimelineEvent } from '../../domain/memberships/membership.ts'
import type { SubscriptionRefund } from '../../domain/memberships/subscriptions/refund.ts'
import { type CommandRef, command, type Db } from '../core/command.ts'

/** The operation key of a refund of a subscription's payment. */
export function membershipRefundKey(membership: string, eventId: string): string {
  return `membership/${membership}/refund/${eventId}`
}

/** Records a refund that the provider has made; repeating it changes nothing. */
export async function recordMembershipRefund(
  db: Db,
  ref: CommandRef & { operation_key: string },
  membership: string,
  event: TimelineEvent,
): Promise<void> {
  await command(db, 'record_membership_refund', ref, membership, { membership, events: [event] })
}

/** What an earlier try of a request decided, so that a repetition refunds the same; null if it is the first. */
export async function findDecidedRefund(
  db: Db,
  account_key: string,
  operation_key: string,
): Promise<SubscriptionRefund | null> {
  const { rows } = await db.query<{ detail: SubscriptionRefund }>(
    'select detail from activity_log where account_key = $1 and operation_key = $2 order by log_no limit 1',
    [account_key, operation_key],
  )
  return rows[0]?.detail ?? null
}
