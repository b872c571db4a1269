/** The reasons why it needs attention. docs/operations.md has a chapter for each. */
export const attentionTitles = {
  settlement_conflict: 'Settlement conflict',
  still_billing: 'Subscription still billing',
  charged_after_end: 'Charged after the end',
  stopped_manually: 'Stopped manually, subscription still billing',
  unknown_plan: 'Subscription with an unknown plan',
  subscription_change: 'Subscription not changed yet',
  membership_refund: 'Money of a membership went back',
  trial_after_payment: 'Trial after a payment',
  invoice_given_up: 'Invoice given up, subscription continues',
  provider_unavailable: 'Payment provider unavailable',
  provider_refused: 'Payment provider refused',
  credits_late: 'Credits are late',
  wrong_payment: 'Wrong payment',
  refund_failed: 'Refund failed',
  manual_refund: 'Manual refund needed',
  email_undeliverable: 'Email undeliverable',
  transition_refused: 'Transition refused',
  paid_after_closing: 'Paid after closing',
  closure_waiting: 'Closure waiting',
  audit_approval: 'Corrections need approval',
  manual_correction: 'Manual correction needed',
  emails_given_up: 'Emails given up',
  webhooks_failing: 'Webhook endpoint failing',
} as const

export type Attention = keyof typeof attentionTitles

/** An attention message: its title, then the details and the next step. */
export function attention(reason: Attention, detail: string): string {
  return `${attentionTitles[reason]}: ${detail.replaceAll(/\s+/g, ' ')}`
}

/** Adds a message to those that are raised, a line each. */
export function addAttention(raised: string | null, message: string): string {
  if (raised === null || raised.split('\n').includes(message)) return raised ?? message
  return `${raised}\n${message}`
}

/** Whether a message of a reason is raised. */
export function hasAttention(raised: string | null, reason: Attention): boolean {
  return dropAttention(raised, reason) !== raised
}

/** The raised messages as reasons with their details. */
export function raisedIn(raised: string | null): { kind: Attention; detail: string }[] {
  const kinds = Object.keys(attentionTitles) as Attention[]
  return (raised?.split('\n') ?? []).flatMap(line => {
    const kind = kinds.find(each => line.startsWith(`${attentionTitles[each]}: `))
    return kind ? [{ kind, detail: line.slice(attentionTitles[kind].length + 2) }] : []
  })
}

/** Removes the messages of a reason. */
export function dropAttention(raised: string | null, reason: Attention): string | null {
  const left = raised?.split('\n').filter(line => !line.startsWith(`${attentionTitles[reason]}:`)) ?? []
  return left.length === 0 ? null : left.join('\n')
}

/** Attention for emails that no mail server accepted. */
export const emailsGivenUp = attention('emails_given_up', 'the mail server accepted nothing for three days.')

/** Attention for the findings that an audit left open. */
export function openFindings(audit: string): string {
  return attention('manual_correction', `\`GET /v1/audits/${audit}\` has the findings.`)
}
