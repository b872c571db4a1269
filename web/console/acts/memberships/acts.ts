import type { Membership } from '@lotkeeper/client'
import type { Act } from '../act.ts'
import type { Desk } from '../desk.ts'
import { cancelMembership, changeMembership, combineMemberships, undoCancel, undoChange } from './change.ts'
import { refundSubscription } from './refund.ts'
import { reactivate, renew } from './renewal.ts'

/** What support can do with a membership as it stands. @param all memberships of the account */
export function actsForMembership(desk: Desk, membership: Membership, all: Membership[]): Act[] {
  const { id, state, provider, cancel_at_period_end, scheduled_change } = membership
  const refunds = provider === 'stripe' ? [refundSubscription(desk, id)] : []
  if (state === 'ended') return refunds
  if (state === 'lapsed') return [reactivate(desk, id), ...refunds]
  const running = all.filter(each => each.state !== 'ended' && each.state !== 'lapsed')
  return [
    changeMembership(desk, membership),
    ...(scheduled_change ? [undoChange(desk, id)] : []),
    ...(provider === 'manual' ? [renew(desk, id)] : []),
    ...(running.length > 1 ? [combineMemberships(desk, running)] : []),
    ...refunds,
    cancel_at_period_end ? undoCancel(desk, id) : cancelMembership(desk, membership),
  ]
}
