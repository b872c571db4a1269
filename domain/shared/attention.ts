/** Reasons why a person must look. docs/operations.md says what each means and what to send. */
export const attentionTitles = {
  settled_elsewhere: 'Settlement conflict',
  goes_on_charging: 'Subscription still billing',
  stopped_by_hand: 'Stopped manually, subscription still billing',
  unknown_plan: 'Subscription with an unknown plan',
  provider_away: 'Payment provider unavailable',
  credits_late: 'Credits are late',
  paid_wrongly: 'Wrong payment',
  refund_failed: 'Refund failed',
  refund_by_hand: 'Manual refund needed',
  letter_in_vain: 'Email undeliverable',
  move_refused: 'Transition refused',
  paid_after_closing: 'Paid after closing',
  closing_waits: 'Closure waiting',
  audit_waits: 'Corrections need approval',
  audit_open: 'Manual correction needed',
  webhooks_in_vain: 'Webhook endpoint failing',
} as const

export type Attention = keyof typeof attentionTitles

/** What somebody should see to, in words, with its reason in front. */
export function attention(reason: Attention, words: string): string {
  return `${attentionTitles[reason]}: ${words}`
}
