/** What products can be told of, by type. `webhook.test` is sent on request only. */
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
] as const

export type WebhookEventType = (typeof webhookEventTypes)[number]

type EventByHappening = Readonly<Record<string, WebhookEventType>>

/** What happens to a membership, and the event that tells of it. The rest is told of by the credits that it gives. */
export const membershipWebhookEvents: EventByHappening = {
  past_due: 'membership.past_due',
  lapsed: 'membership.lapsed',
  reactivated: 'membership.reactivated',
  ended: 'membership.ended',
}

/** The same for a purchase. */
export const purchaseWebhookEvents: EventByHappening = {
  granted: 'purchase.fulfilled',
  reissued: 'purchase.fulfilled',
  code_issued: 'purchase.fulfilled',
  late: 'purchase.delayed',
  money_back: 'purchase.refunded',
  dispute_opened: 'purchase.disputed',
}
