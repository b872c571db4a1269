import { FIRST_CODE, needsEmail, type Purchase, type PurchaseStep, stepTo } from '../purchases/purchase.ts'
import { attention } from '../shared/attention.ts'
import { Refused } from '../shared/refusals.ts'

export type CodeState = 'valid' | 'redeemed' | 'replaced' | 'refunded'

/**
 * Sends the same code again (MY-07).
 * @param state of the valid code; null before the first code
 * @throws Refused not_found, code_already_redeemed, code_refunded
 */
export function resendCode(before: Purchase, state: CodeState | null, at: string): PurchaseStep {
  const code = validCode(before, state)
  return stepTo({ ...before, code: { ...code, emails: code.emails + 1 } }, { at, what: 'code_resend_requested' })
}

/**
 * Sends a new code and invalidates the old one, which someone else may have (MY-07).
 * @throws Refused not_found, code_already_redeemed, code_refunded
 */
export function replaceCode(before: Purchase, state: CodeState | null, at: string): PurchaseStep {
  const issue = validCode(before, state).issue + 1
  return {
    purchase: { ...before, code: { ...FIRST_CODE, issue } },
    effects: [{ kind: 'issue_code' }],
    events: [{ at, what: 'code_replaced', detail: { issue } }],
  }
}

/** `not_valid`: the code was redeemed, replaced or refunded meanwhile. */
export type EmailOutcome = 'sent' | 'no_address' | 'rejected' | 'not_valid'

const ATTENTION: Partial<Record<EmailOutcome, string>> = {
  no_address: attention(
    'email_undeliverable',
    "the customer's email address is unknown. Set one, then resend the code.",
  ),
  rejected: attention(
    'email_undeliverable',
    'the mail server rejected the email with the code. Set another address, then resend the code.',
  ),
}

/** Records the outcome of an email with a code, and raises or clears its attention. */
export function recordEmailOutcome(before: Purchase, outcome: EmailOutcome, at: string): PurchaseStep {
  const { code } = before
  if (!code) return stepTo(before)
  const wasAboutEmail = Object.values(ATTENTION).some(text => text === before.attention)
  const raised = ATTENTION[outcome] ?? (wasAboutEmail ? null : before.attention)
  const events = outcome === 'not_valid' ? [] : [{ at, what: `code_${outcome}`, detail: { issue: code.issue } }]
  return stepTo({ ...before, code: { ...code, sent: code.emails }, attention: raised }, ...events)
}

function validCode({ code }: Purchase, state: CodeState | null): NonNullable<Purchase['code']> {
  if (!code || state === null) throw new Refused({ code: 'not_found', detail: 'The purchase has no code yet.' })
  if (state === 'redeemed') throw new Refused({ code: 'code_already_redeemed' })
  if (state === 'refunded') throw new Refused({ code: 'code_refunded' })
  return code
}

/** A code in the API: its status, without the code itself. */
export function showCode({ code }: Purchase, status: CodeState) {
  return code && { status, issue: code.issue, sent: !needsEmail({ code }) }
}
