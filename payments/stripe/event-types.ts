/** The types of events about payments. */
const paymentEventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.succeeded',
  'charge.captured',
  'charge.refunded',
  'charge.refund.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'invoice.voided',
  'invoice.marked_uncollectible',
  'credit_note.created',
  'credit_note.voided',
]

/** The types of events about subscriptions. */
const subscriptionEventTypes = [
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'invoice.paid',
  'invoice.payment_failed',
  'credit_note.updated',
]

/** All types that the webhook understands, to be enabled at its endpoint; it stores and ignores others. */
export const stripeEventTypes = [...paymentEventTypes, ...subscriptionEventTypes]

/** The same for polling: Stripe's API filters by at most twenty. */
export const polledEventTypes = [paymentEventTypes, subscriptionEventTypes]
