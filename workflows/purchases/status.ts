import type { ApplicationFailure } from '@temporalio/workflow'
import type { PurchaseStatus } from '../../activities/purchase.ts'
import { attention } from '../../domain/shared/attention.ts'
import { searchAttributes } from '../contract/messages.ts'
import { updateParagraphs } from '../lib/operator-updates.ts'
import { attentionParagraph, needsAttention, publishStatus } from '../lib/status.ts'

const STATES: Record<PurchaseStatus['state'], string> = {
  awaiting_payment: 'Waiting for the payment. Send `payment` for money that you saw yourself, such as a bank transfer.',
  paid: 'Payment received, granting.',
  fulfilling: 'Payment received; the first grant failed and is retried.',
  delayed:
    'The credits are late. If the payment is certain send `reissue`: they are granted exactly once, even if the first grant still succeeds.',
  fulfilled: 'The credits are granted.',
  reissued: 'The credits were missing and were granted again.',
  failed: 'The payment failed; nothing was granted.',
  expired: 'It was not paid in time; a late payment is still granted.',
  refunded: 'The money was refunded and the credits were revoked.',
  disputed:
    'The payment is disputed: the remaining credits were revoked, used ones are a debt. If the dispute is won they come back.',
}

const WORK: Record<NonNullable<PurchaseStatus['work']>, string> = {
  checkout: 'The payment page could not be opened yet; it is retried.',
  fulfil: '',
  email: 'The email with the code could not be sent yet; it is retried.',
  refund: 'The credits were revoked; the money is being refunded.',
}

/** The events that change a purchase in each state, the usual one first. */
const EVENTS: Record<PurchaseStatus['state'], string[]> = {
  awaiting_payment: ['{"kind": "missing"}', '{"kind": "payment", "reference": REFERENCE}', '{"kind": "reissue"}'],
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

type Ref = { product: string; account: string }

/** Shows a purchase in the Temporal UI: its status and timeline, and which updates an operator can send. */
export function publishPurchase(status: PurchaseStatus, { product, account }: Ref, lastError: string): void {
  const { state, summary, timeline, attention, work, account_closed } = status
  publishStatus(
    [
      attentionParagraph(attention),
      summary,
      `**${state}**: ${account_closed ? 'Its account is closed; nothing more is granted.' : STATES[state]}`,
      work ? WORK[work] : '',
      lastError ? `Last error: ${lastError}` : '',
      ...updateParagraphs(eventsFor(status), status.revision),
      'The update `check`, without arguments, asks the provider about the payment.',
      timeline.map(line => `- ${line}`).join('\n'),
    ],
    [
      { key: searchAttributes.product, value: product },
      { key: searchAttributes.account, value: account },
      { key: searchAttributes.creditsState, value: state },
      needsAttention(attention),
    ],
  )
}

/** Shows a purchase that was refused; or payment events that cannot be applied, and raises attention. */
export function publishPurchaseRefusal(reason: string, isOrder: boolean): void {
  const needed = isOrder ? null : attention('transition_refused', reason)
  publishStatus([needed ? attentionParagraph(needed) : `Refused: ${reason}`], [needsAttention(needed)])
}

/** A status after a refused step. An outage needs no person: the provider is polled again. */
export function refusedStatus(status: PurchaseStatus, { type, message }: ApplicationFailure): PurchaseStatus {
  const isOutage = type === 'temporarily_unavailable'
  const reason = type === 'provider_refused' ? type : 'transition_refused'
  const needed = isOutage ? status.attention : attention(reason, message)
  return { ...status, attention: needed, next_due_at: null }
}

function eventsFor({ state, attention, account_closed }: PurchaseStatus): string[] {
  const canAcknowledge = attention && (account_closed || state !== 'delayed')
  return [...(canAcknowledge ? ['{"kind": "acknowledged"}'] : []), ...(account_closed ? [] : EVENTS[state])]
}
