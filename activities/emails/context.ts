import type { Account } from '../../db/accounts/accounts.ts'
import type { Db } from '../../db/core/command.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { EmailContext } from '../../email/content.ts'
import type { Policies } from '../../platform/policy-store.ts'

export type EmailDeps = { db: Db; policies: Policies }

/** How emails to an account's customer are written. */
export function emailContext(
  { name, contact, emails }: Policy,
  { language, time_zone }: Pick<Account, 'language' | 'time_zone'>,
): EmailContext {
  return {
    product: name,
    support: contact.support,
    page: contact.credits_page,
    language: language ?? emails.language,
    timeZone: time_zone,
  }
}
