import type { Purchase, PurchaseStep } from '../purchases/purchase.ts'
import { attention } from '../shared/attention.ts'
import { Refused } from '../shared/refusals.ts'

/** The code of a purchase whose credits were not redeemed yet, and whose letter is still to be sent. */
export const FIRST_CODE = { issue: 1, emails: 1, sent: 0 }

export type CodeState = 'valid' | 'redeemed' | 'replaced' | 'refunded'

/** Whether a letter with the code was asked for and is not sent yet. */
export function needsEmail({ code }: Pick<Purchase, 'code'>): boolean {
  return code !== null && code.sent < code.emails
}

/**
 * The customer lost the letter: the same code is sent again (MY-07).
 * @param state of the code that counts; null where there is none yet
 * @throws Refused not_found, code_already_redeemed, code_refunded
 */
export function resendCode(before: Purchase, state: CodeState | null, at: string): PurchaseStep {
  const code = validCode(before, state)
  return {
    purchase: { ...before, code: { ...code, emails: code.emails + 1 } },
    effects: [],
    events: [{ at, what: 'code_resend_requested' }],
  }
}

/**
 * The customer lost the code, or somebody else may have it: a new one is sent, and the old one is dead from now on (MY-07).
 * @throws Refused not_found, code_already_redeemed, code_refunded
 */
export function replaceCode(before: Purchase, state: CodeState | null, at: string): PurchaseStep {
  const { issue } = validCode(before, state)
  return {
    purchase: { ...before, code: { ...FIRST_CODE, issue: issue + 1 } },
    effects: [{ kind: 'issue_code' }],
    events: [{ at, what: 'code_replaced', detail: { issue: issue + 1 } }],
  }
}

export type EmailOutcome = 'sent' | 'no_address' | 'not_taken' | 'not_valid'

const ATTENTION: Partial<Record<EmailOutcome, string>> = {
  no_address: attention(
    'email_undeliverable',
    'no e-mail address is known for the code: have it sent again, to an address of the customer.',
  ),
  not_taken: attention(
    'email_undeliverable',
    'the mail server refuses the letter with the code: have it sent again, to another address.',
  ),
}

function isAboutEmail(raised: string | null): boolean {
  return Object.values(ATTENTION).some(words => words === raised)
}

/** The letter left, or there is nobody to write to, or nothing to write about any more. */
export function recordEmailOutcome(before: Purchase, outcome: EmailOutcome, at: string): PurchaseStep {
  const { code } = before
  if (!code) return { purchase: before, effects: [], events: [] }
  return {
    purchase: {
      ...before,
      code: { ...code, sent: code.emails },
      attention: ATTENTION[outcome] ?? (isAboutEmail(before.attention) ? null : before.attention),
    },
    effects: [],
    events: outcome === 'not_valid' ? [] : [{ at, what: `code_${outcome}`, detail: { issue: code.issue } }],
  }
}

function validCode({ code }: Purchase, state: CodeState | null): NonNullable<Purchase['code']> {
  if (!code || state === null)
    throw new Refused({ code: 'not_found', detail: 'The purchase has no code, or none yet.' })
  if (state === 'redeemed') throw new Refused({ code: 'code_already_redeemed' })
  if (state === 'refunded') throw new Refused({ code: 'code_refunded' })
  return code
}

/** A code as the API shows it: how it stands, never what it is. */
export function showCode({ code }: Purchase, status: CodeState) {
  return code && { status, issue: code.issue, sent: !needsEmail({ code }) }
}
