import type { PurchaseStanding } from '../activities/purchase.ts'

/** What each state means, and what repairs it where it is stuck; for people in the Temporal UI. */
const WORDS: Record<PurchaseStanding['state'], string> = {
  awaiting_payment:
    'Waiting for the payment. If it was paid send the update `check`, which asks the provider; a bank transfer that was seen is `event` with `{"kind": "payment", "reference": "…"}`.',
  paid: 'Payment received, granting.',
  fulfilling: 'Payment received, granting; the first try failed, and it is tried again.',
  delayed:
    'The credits are late. Once it is sure that they are owed send `event` with `{"kind": "reissue"}`: they come exactly once, even if the first grant still arrives.',
  fulfilled: 'The credits are there. A refund is `event` with `{"kind": "refund", "reason": "…"}`.',
  reissued:
    'The credits were missing and were reissued. A refund is `event` with `{"kind": "refund", "reason": "…"}`.',
  failed: 'The payment failed; nothing was granted.',
  expired: 'It was not paid in time; a payment that still comes is granted.',
  refunded: 'The money went back, and the credits with it.',
  disputed:
    'The payment is disputed: what was left of the credits was taken, the rest is debt. When the dispute is won they come back.',
}

const ID = 'Each `event` takes an id of your own as its second argument.'

/** How a purchase stands, in plain words: its state, what to send, and what happened. */
export function purchaseDetails(
  { state, summary, timeline, attention, work }: PurchaseStanding,
  trouble: string,
): string {
  const parts = [
    attention
      ? `**Needs attention.** ${attention} Once that is done send \`event\` with \`{"kind": "seen_to"}\`.`
      : '',
    summary,
    `**${state}**: ${WORDS[state]} ${ID}`,
    work === 'checkout' ? 'The payment page could not be opened yet; it is tried again.' : '',
    work === 'mail' ? 'The letter with the code could not be sent yet; it is tried again.' : '',
    work === 'refund' ? 'The credits went back; the money is on its way.' : '',
    trouble ? `Last trouble: ${trouble}` : '',
    timeline.map(line => `- ${line}`).join('\n'),
  ]
  return parts.filter(Boolean).join('\n\n')
}
