import type { Purchase } from '../../../domain/purchases/purchase.ts'
import { formatMoney } from '../../../domain/shared/amount.ts'
import { html } from '../../../domain/shared/html.ts'
import { documentOf } from '../../http/html.ts'

/** The payment events that the test page can simulate, with their labels. */
export const simulatedEvents = {
  pay: 'Pay',
  fail: 'Fail the payment',
  expire: 'Let the checkout expire',
  refund: 'Refund in full',
  dispute: 'Dispute the payment',
  win: 'Win the dispute',
  lose: 'Lose the dispute',
} as const

export type SimulatedEvent = keyof typeof simulatedEvents

/** The events that are possible in the purchase's state. */
export function possibleEvents(purchase: Purchase): SimulatedEvent[] {
  // Gumroad pings about sales only, and not about lost disputes.
  const isSent = (event: SimulatedEvent) =>
    purchase.provider === 'stripe' || !['fail', 'expire', 'lose'].includes(event)
  return eventsInState(purchase).filter(isSent)
}

function eventsInState({ paid_at, disputes, state }: Purchase): SimulatedEvent[] {
  if (paid_at === null) return state === 'awaiting_payment' ? ['pay', 'fail', 'expire'] : ['pay']
  if (Object.values(disputes).some(({ status }) => status === 'open')) return ['win', 'lose']
  return state === 'refunded' ? [] : ['refund', 'dispute']
}

const EXPLANATION: Partial<Record<Purchase['provider'], string>> = {
  stripe: 'It replaces Stripe because STRIPE_SECRET_KEY is not set.',
  gumroad: 'It replaces Gumroad because neither GUMROAD_TOKEN nor GUMROAD_WEBHOOK_SECRET is set.',
}

/** The page that stands in for a payment provider that is not configured. No money moves. */
export function testCheckoutPage(id: string, purchase: Purchase): string {
  const { terms, quantity, amount, currency, state } = purchase
  const buttons = possibleEvents(purchase).map(
    event => html`<button name="event" value="${event}">${simulatedEvents[event]}</button>`,
  )
  return documentOf(
    'TEST checkout',
    html`<h1>TEST checkout</h1>
<p><strong>This is a test: no money moves, and no card is needed.</strong>
${EXPLANATION[purchase.provider]} This page does not exist in production.</p>
<p>${terms.name} × ${quantity}: ${formatMoney(amount, currency)}</p>
<p>Purchase ${id} is <strong>${state}</strong>.</p>
<form method="post">${buttons}</form>`,
  )
}

/** The page to which a provider returns the customer. */
export const donePage = documentOf(
  'Thank you',
  html`<h1>Thank you</h1><p>Your payment is being processed. You can close this page.</p>`,
)
