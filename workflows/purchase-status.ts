import type { PurchaseStatus } from '../activities/purchase.ts'

/** What each state means, for people in the Temporal UI. */
const WORDS: Record<PurchaseStatus['state'], string> = {
  awaiting_payment:
    'Waiting for the payment. `payment` is for money that was seen by hand: a bank transfer, or one on invoice.',
  paid: 'Payment received, granting.',
  fulfilling: 'Payment received, granting; the first try failed, and it is tried again.',
  delayed:
    'The credits are late. Once it is sure that they are owed send `reissue`: they come exactly once, even if the first grant still arrives.',
  fulfilled: 'The credits are there.',
  reissued: 'The credits were missing and were reissued.',
  failed: 'The payment failed; nothing was granted.',
  expired: 'It was not paid in time; a payment that still comes is granted.',
  refunded: 'The money went back, and the credits with it.',
  disputed:
    'The payment is disputed: what was left of the credits was taken, the rest is debt. When the dispute is won they come back.',
}

/** What may be sent in a state, the usual first. */
const REPAIRS: Record<PurchaseStatus['state'], string[]> = {
  awaiting_payment: [
    '{"kind": "missing"}',
    '{"kind": "payment", "reference": REFERENCE}',
    '{"kind": "reissue"}',
  ],
  paid: ['{"kind": "reissue"}'],
  fulfilling: ['{"kind": "reissue"}'],
  delayed: ['{"kind": "reissue"}', '{"kind": "missing"}', '{"kind": "refund", "reason": REASON}'],
  fulfilled: ['{"kind": "refund", "reason": REASON}'],
  reissued: ['{"kind": "refund", "reason": REASON}'],
  failed: ['{"kind": "reissue"}'],
  expired: ['{"kind": "missing"}', '{"kind": "reissue"}'],
  refunded: [],
  disputed: [],
}

/** How a purchase stands, in plain words: its state, what to send, and what happened. */
export function purchaseDetails(standing: PurchaseStatus, workflowId: string, trouble: string): string {
  const { state, summary, timeline, attention, work } = standing
  const parts = [
    attention ? `**Needs attention.** ${attention}` : '',
    summary,
    `**${state}**: ${standing.account_closed ? 'Its account is closed; nothing is granted any more.' : WORDS[state]}`,
    work === 'checkout' ? 'The payment page could not be opened yet; it is tried again.' : '',
    work === 'mail' ? 'The letter with the code could not be sent yet; it is tried again.' : '',
    work === 'refund' ? 'The credits went back; the money is on its way.' : '',
    trouble ? `Last trouble: ${trouble}` : '',
    repair(standing, workflowId),
    timeline.map(line => `- ${line}`).join('\n'),
  ]
  return parts.filter(Boolean).join('\n\n')
}

function repair({ state, attention, account_closed }: PurchaseStatus, workflowId: string): string {
  const acknowledge = attention && (account_closed || state !== 'delayed') ? ['{"kind": "acknowledged"}'] : []
  const [first, ...others] = [...acknowledge, ...(account_closed ? [] : REPAIRS[state])]
  const check = 'The update `check`, without arguments, asks the provider how the payment stands.'
  if (!first) return check
  return [
    'To move it send the update `event` with two arguments, what happens and an id of your own, by which it happens once:',
    `\`temporal workflow update execute --name event --workflow-id ${workflowId} --input '${first}' --input '"repair-1"'\``,
    others.length > 0 ? `or ${others.map(other => `\`${other}\``).join(', ')}.` : '',
    check,
  ]
    .filter(Boolean)
    .join('\n\n')
}
