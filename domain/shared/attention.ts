/** Why somebody must look at something. docs/operations.md says of each what it means and what to send. */
export const attentionTitles = {
  settled_elsewhere: 'Settled behind its back',
  goes_on_charging: 'Ended here, charged there',
  stopped_by_hand: 'Stopped here, charged there',
  unknown_plan: 'A subscription to no plan',
  provider_away: 'The provider could not be asked',
  credits_late: 'Credits are late',
  paid_wrongly: 'Paid wrongly',
  refund_failed: 'A refund failed',
  refund_by_hand: 'Money to give back by hand',
  letter_in_vain: 'A letter that nobody takes',
  move_refused: 'The book refuses a move',
  paid_after_closing: 'Paid after closing',
  closing_waits: 'Closing waits',
  audit_waits: 'Corrections wait for a second person',
  audit_open: 'No rule mends it',
  webhooks_in_vain: 'Webhooks in vain',
} as const

export type Attention = keyof typeof attentionTitles

/** What somebody should see to, in words, with its reason in front. */
export function attention(reason: Attention, words: string): string {
  return `${attentionTitles[reason]}: ${words}`
}
