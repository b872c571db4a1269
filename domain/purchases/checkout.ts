import { addAttention, attention, dropAttention, hasAttention } from '../shared/attention.ts'
import { type Purchase, type PurchaseStep, stepTo } from './purchase.ts'

/** Whether the provider's payment page is to be opened; after a refusal a person must act first. */
export function needsPage({ state, checkout_url, attention }: Purchase): boolean {
  return state === 'awaiting_payment' && checkout_url === null && !hasAttention(attention, 'provider_refused')
}

export function pageOpened(before: Purchase, checkout_url: string, at: string): PurchaseStep {
  const opened = { ...allowPage(before), checkout_url }
  return before.checkout_url ? stepTo(opened) : stepTo(opened, { at, what: 'checkout_ready' })
}

/** The provider refused to open the page. @param reason the provider's, for operators */
export function pageRefused(before: Purchase, reason: string): PurchaseStep {
  const raised = attention('provider_refused', `${reason} Correct it, then send \`check\` to open the payment page.`)
  return stepTo({
    ...before,
    attention: addAttention(before.attention, raised),
    checkout_refusals: (before.checkout_refusals ?? 0) + 1,
  })
}

/** Allows another try after a refusal. */
export function allowPage(before: Purchase): Purchase {
  return { ...before, attention: dropAttention(before.attention, 'provider_refused') }
}
