import { loadAccountByKey } from '../../db/accounts/accounts.ts'
import { isEmailSent, latestCode, storeSentEmail } from '../../db/codes/codes.ts'
import { findRecipient } from '../../db/purchases/contacts.ts'
import type { PurchaseRecord } from '../../db/purchases/purchases.ts'
import { deriveCode } from '../../domain/codes/codes.ts'
import { type EmailOutcome, recordEmailOutcome } from '../../domain/codes/purchase-codes.ts'
import { needsEmail } from '../../domain/purchases/purchase.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { composeEmail } from '../../email/compose.ts'
import type { Mailer } from '../../email/mailer.ts'
import { codeEmail } from '../../email/templates/code.ts'
import { policyOf } from '../../platform/policy-store.ts'
import { emailContext } from '../emails/context.ts'
import { sendFailure } from '../emails/send-failure.ts'
import { loadContext, loadPurchase, type PurchaseDeps, type PurchaseRef } from './context.ts'
import { stepKey, transition } from './transition.ts'

/** Sends the email with the redemption code, where the purchase needs one. */
export async function sendCodeEmail(deps: PurchaseDeps, mailer: Mailer, ref: PurchaseRef): Promise<void> {
  const found = await loadPurchase(deps, ref)
  if (!needsEmail(found.status)) return
  const outcome = await send(deps, mailer, found)
  const context = await loadContext(deps, ref)
  const key = stepKey(ref, `email/${found.status.code?.issue}`)
  await transition(deps, ref, context, key, before => recordEmailOutcome(before, outcome, context.at))
}

/**
 * Once per issued code and request. After a crash before the email is recorded it is sent again, with the same Message-ID.
 * The code is derived here, so that it is in no history.
 */
async function send(
  { db, serverSecrets, policies }: PurchaseDeps,
  mailer: Mailer,
  { account_key, product, purchase, status }: PurchaseRecord,
): Promise<EmailOutcome> {
  const policy = policyOf(policies, product)
  const code = await latestCode(db, product, purchase)
  if (code?.state !== 'valid') return 'not_valid'
  const recipient = await findRecipient(db, account_key, purchase)
  if (!recipient) return 'no_address'
  const { issue, secret_version, terms } = code
  const key = `${product}/${purchase}/code/${issue}/${status.code?.emails}`
  if (await isEmailSent(db, account_key, key)) return 'sent'
  const context = emailContext(policy, await loadAccountByKey(db, account_key))
  const content = codeEmail(context, {
    pack: policy.packs[status.pack]?.name ?? status.pack,
    credits: terms.credits,
    code: deriveCode(serverSecrets, secret_version, { product, purchase, issue }),
    order: purchase,
    gift: recipient.gift,
    replaces: issue > 1,
  })
  const email = composeEmail(context, recipient.to, content)
  try {
    await storeSentEmail(db, account_key, key, await mailer.send(key, policy.name, email))
    return 'sent'
  } catch (error) {
    const { outcome, isFinal } = sendFailure(error)
    if (isFinal) return 'rejected'
    throw new Refused({ code: 'temporarily_unavailable', detail: `The mail server: ${outcome}.` })
  }
}
