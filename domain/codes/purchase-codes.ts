import { FIRST_CODE, needsEmail, type Purchase, type PurchaseStep, stepTo } from '../purchases/purchase.ts'
import { addAttention, attention, dropAttention } from '../shared/attention.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'

export type CodeState = 'valid' | 'redeemed' | 'replaced' | 'refunded'

/**
 * Sends the same code again (MY-07).
 * @param state of the valid code; null before the first code
 * @throws Refused not_found, code_already_redeemed, code_refunded
 */
export function resendCode(before: Purchase, state: CodeState | null, at: string): PurchaseStep {
  const code = validCode(before, state)
  return stepTo(
    { ...before, code: { ...code, emails: code.emails + 1, unsent: null } },
    { at, what: 'code_resend_requested' },
  )
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
  const others = dropAttention(before.attention, 'email_undeliverable')
  const raised = ATTENTION[outcome]
  const events = outcome === 'not_valid' ? [] : [{ at, what: `code_${outcome}`, detail: { issue: code.issue } }]
  return stepTo(
    {
      ...before,
      code: { ...code, sent: code.emails, unsent: outcome === 'sent' ? null : outcome },
      attention: raised ? addAttention(others, raised) : others,
    },
    ...events,
  )
}

/**
 * Checks that a customer may give the address of a code: only one that is missing or was refused, because an email that was
 * sent may be a gift's, and only support changes its address (MY-12).
 * @throws Refused not_found, invalid_request
 */
export function checkAddressIsNeeded({ code }: Purchase): void {
  if (!code) throw new Refused({ code: 'not_found', detail: 'The purchase has no code yet.' })
  if (emailProblemOf(code) === null) throw invalidRequest('email', 'is known; support can correct it')
}

function emailProblemOf({ unsent }: NonNullable<Purchase['code']>): 'no_address' | 'rejected' | null {
  return unsent === 'no_address' || unsent === 'rejected' ? unsent : null
}

function validCode({ code }: Purchase, state: CodeState | null): NonNullable<Purchase['code']> {
  if (!code || state === null) throw new Refused({ code: 'not_found', detail: 'The purchase has no code yet.' })
  if (state === 'redeemed') throw new Refused({ code: 'code_already_redeemed' })
  if (state === 'refunded') throw new Refused({ code: 'code_refunded' })
  return code
}

/** A code in the API: its status and its email, without the code itself (MY-12). Null before it is issued. */
export function showCode(
  { code }: Pick<Purchase, 'code'>,
  issued: { state: CodeState; settled_at: Date | null } | null,
  recipient: { to: string; gift: boolean } | null,
) {
  if (!code || !issued) return null
  const email_problem = emailProblemOf(code)
  return {
    status: issued.state,
    issue: code.issue,
    sent: !needsEmail({ code }) && !code.unsent,
    to: recipient && email_problem !== 'no_address' ? maskEmail(recipient.to) : null,
    gift: recipient?.gift ?? false,
    email_problem,
    redeemed_at: issued.state === 'redeemed' ? (issued.settled_at?.toISOString() ?? null) : null,
  }
}

/** u…@example.org: enough to see a mistake, for a reader who knows the address. */
function maskEmail(address: string): string {
  const at = address.lastIndexOf('@')
  return `${[...address][0]}…${address.slice(at)}`
}
