/** The types of webhook events. `webhook.test` is sent on request only. */
export const webhookEventTypes = [
  'credits.granted',
  'credits.expiring',
  'credits.low',
  'generation.refunded',
  'membership.past_due',
  'membership.lapsed',
  'membership.reactivated',
  'membership.ended',
  'purchase.fulfilled',
  'purchase.delayed',
  'purchase.refunded',
  'purchase.disputed',
  'policy.announced',
] as const

/** How many days before their expiry `credits.expiring` announces credits. */
export const EXPIRY_NOTICE_DAYS = [7, 1]

export type WebhookEventType = (typeof webhookEventTypes)[number]

type EventTypes = Readonly<Record<string, WebhookEventType>>

/** Timeline events of memberships that have a webhook event. Grants are covered by credits.granted. */
export const membershipWebhookEvents: EventTypes = {
  past_due: 'membership.past_due',
  lapsed: 'membership.lapsed',
  reactivated: 'membership.reactivated',
  ended: 'membership.ended',
}

/** Timeline events of purchases that have a webhook event. */
export const purchaseWebhookEvents: EventTypes = {
  granted: 'purchase.fulfilled',
  reissued: 'purchase.fulfilled',
  code_issued: 'purchase.fulfilled',
  late: 'purchase.delayed',
  money_back: 'purchase.refunded',
  dispute_opened: 'purchase.disputed',
}
