import type { MembershipStatus } from '../../../activities/membership.ts'
import type { PurchaseStatus } from '../../../activities/purchase.ts'

export const purchaseStatus = (fields: Partial<PurchaseStatus>): PurchaseStatus => ({
  state: 'fulfilled',
  summary: '',
  timeline: [],
  work: null,
  next_due_at: null,
  on_test_clock: false,
  revision: 1,
  running: true,
  attention: null,
  ...fields,
})

export const membershipStatus = (fields: Partial<MembershipStatus>): MembershipStatus => ({
  state: 'active',
  plan: 'membership',
  slots: 1,
  paid_through: null,
  next_due_at: null,
  next_grant: { at: '2027-01-01T00:00:00.000Z', credits: 1 },
  cancel_at_period_end: false,
  on_test_clock: true,
  subscription_change: null,
  granted: false,
  revision: 1,
  payer: { provider: 'manual', external_id: null, status: null },
  attention: null,
  retry_after_ms: null,
  ...fields,
})
