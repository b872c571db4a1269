import type { Policy } from '../policy.ts'
import type { EmailKind } from './schema.ts'

/** An email about a subject, as a list that is empty where the policy does not send this kind. */
export function emailIfSent<Kind extends EmailKind>(
  { emails }: Policy,
  kind: Kind,
  subject: string,
): { kind: Kind; subject: string }[] {
  return emails.send.includes(kind) ? [{ kind, subject }] : []
}

/** By product, the sources whose credits customers are emailed about before they expire; null: all. */
export function expiryEmails(policies: { values(): Iterable<Policy> }): Record<string, string[] | null> {
  const sending = [...policies.values()].filter(({ emails }) => emails.send.includes('credits_expiring'))
  return Object.fromEntries(sending.map(({ product, emails }) => [product, emails.expiring_sources]))
}
