import { and } from '../../shared/plain-words.ts'
import type { Policy } from '../policy.ts'
import type { EmailKind } from './schema.ts'

/** The emails to customers, and how customers reach the product. */
export function describeEmails({ emails: { send, language, expiring_sources }, contact, packs }: Policy): string[] {
  const kinds = send.map(kind => (kind === 'credits_expiring' ? expiringWords(expiring_sources) : EMAILS[kind]))
  const codes = Object.values(packs).some(({ delivery }) => delivery === 'code') ? ['redemption codes'] : []
  const all = [...codes, ...kinds]
  return [
    ...(all.length > 0 ? [`Customers are emailed ${and(all)}.`] : []),
    ...(all.length > 0 ? [`Accounts without a language are written to in ${LANGUAGES[language]}.`] : []),
    ...(contact.support ? [`The support is at ${contact.support}.`] : []),
    ...(contact.credits_page ? [`Emails link to ${contact.credits_page}.`] : []),
  ]
}

const EMAILS: Record<Exclude<EmailKind, 'credits_expiring'>, string> = {
  receipt: 'receipts',
  transfer_expired: 'when an order expires without its bank transfer',
  credits_late: 'when late credits arrive',
  compensation: 'about compensations',
  membership_past_due: 'when a payment is due',
  audit_done: 'the outcome of audits',
  policy_announced: 'before the policy changes',
}

const LANGUAGES = { en: 'English', de: 'German', ko: 'Korean' }

function expiringWords(sources: string[] | null): string {
  return `a week before ${sources ? `${and(sources)} ` : ''}credits expire`
}
