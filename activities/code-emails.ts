import { latestCode } from '../db/codes/codes.ts'
import { isEmailSent, storeSentEmail } from '../db/codes/sent-emails.ts'
import type { Db } from '../db/core/command.ts'
import { findRecipient } from '../db/purchases/contacts.ts'
import type { PurchaseRecord } from '../db/purchases/purchases.ts'
import { type CodeSecrets, deriveCode } from '../domain/codes/codes.ts'
import type { EmailOutcome } from '../domain/codes/purchase-codes.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { Refused } from '../domain/shared/refusals.ts'
import { codeEmail } from '../email/code-email.ts'
import type { Mailer } from '../email/mailer.ts'

type Parts = { db: Db; mailer: Mailer; codeSecrets: CodeSecrets; policy: Policy }

/**
 * Sends the letter that a purchase owes, once per issue and request. After a crash in between it goes out again, with the
 * same Message-ID.
 */
export async function sendCode(
  { db, mailer, codeSecrets, policy }: Parts,
  { account_key, product, purchase, status }: PurchaseRecord,
): Promise<EmailOutcome> {
  const code = await latestCode(db, product, purchase)
  if (code?.state !== 'valid') return 'not_valid'
  const recipient = await findRecipient(db, account_key, purchase)
  if (!recipient) return 'no_address'
  const { issue, secret_version, terms } = code
  const key = `${product}/${purchase}/code/${issue}/${status.code?.emails}`
  if (await isEmailSent(db, account_key, key)) return 'sent'
  const letter = codeEmail({
    ...recipient,
    product: policy.name,
    pack: policy.packs[status.pack]?.name ?? status.pack,
    credits: terms.credits,
    code: deriveCode(codeSecrets, secret_version, { product, purchase, issue }),
    replaces: issue > 1,
  })
  try {
    await storeSentEmail(db, account_key, key, await mailer.send(key, policy.name, letter))
    return 'sent'
  } catch (error) {
    return notSent(error)
  }
}

/** What the mail server says may name the recipient, so only its number is told. @throws Refused temporarily_unavailable */
function notSent(error: unknown): 'rejected' {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  if (responseCode === undefined && !code?.startsWith('E')) throw error
  if (responseCode !== undefined && responseCode >= 500) return 'rejected'
  const detail = `The mail server did not take the letter (${responseCode ?? code}).`
  throw new Refused({ code: 'temporarily_unavailable', detail })
}
