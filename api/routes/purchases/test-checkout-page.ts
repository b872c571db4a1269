import type { Purchase } from '../../../domain/purchases/purchase.ts'
import { formatMoney } from '../../../domain/shared/amount.ts'
import { escaped } from './invoice-page.ts'

/** What may be played on the test page, by what the purchase has come to. */
export const simulatedEvents = {
  pay: 'Pay',
  fail: 'Let the payment fail',
  expire: 'Leave the page until it expires',
  refund: 'Refund all',
  dispute: 'Dispute the payment',
  win: 'Win the dispute',
  lose: 'Lose the dispute',
} as const

export type SimulatedEvent = keyof typeof simulatedEvents

/** The acts that make sense now. */
export function possibleEvents(purchase: Purchase): SimulatedEvent[] {
  // Gumroad tells of sales only, and not how a dispute was lost.
  const isTold = (act: SimulatedEvent) =>
    purchase.provider === 'stripe' || !['fail', 'expire', 'lose'].includes(act)
  return sensible(purchase).filter(isTold)
}

function sensible({ paid_at, disputes, state }: Purchase): SimulatedEvent[] {
  if (paid_at === null) return state === 'awaiting_payment' ? ['pay', 'fail', 'expire'] : ['pay']
  if (Object.values(disputes).some(({ status }) => status === 'open')) return ['win', 'lose']
  return state === 'refunded' ? [] : ['refund', 'dispute']
}

const WHY: Partial<Record<Purchase['provider'], string>> = {
  stripe: "It takes Stripe's place because STRIPE_SECRET_KEY is not set.",
  gumroad: "It takes Gumroad's place because neither GUMROAD_TOKEN nor GUMROAD_WEBHOOK_SECRET is set.",
}

/** A page that plays the payment provider where no key of one is configured. No money moves. */
export function testCheckoutPage(id: string, purchase: Purchase): string {
  const { terms, quantity, amount, currency, state } = purchase
  const buttons = possibleEvents(purchase).map(
    act => `<button name="act" value="${act}">${simulatedEvents[act]}</button>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>TEST checkout</title></head>
<body>
<h1>TEST checkout</h1>
<p><strong>This is a test. No money moves, and no card is asked for.</strong>
${WHY[purchase.provider] ?? ''} Production has no such page.</p>
<p>${escaped(terms.name)} × ${quantity}: ${escaped(formatMoney(amount, currency))}</p>
<p>Purchase ${escaped(id)} is <strong>${escaped(state)}</strong>.</p>
<form method="post">${buttons.join('\n')}</form>
</body>
</html>
`
}

/** Where a provider sends the customer afterwards. */
export const donePage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Thank you</title></head>
<body><h1>Thank you</h1><p>You may close this page. Your credits are on their way.</p></body>
</html>
`
