import { type Account, loadAccountByKey } from '../../db/accounts/accounts.ts'
import { findAudit } from '../../db/audits/audits.ts'
import { listUnrestored } from '../../db/audits/restore.ts'
import { findCompensation } from '../../db/campaigns/compensation.ts'
import type { Db } from '../../db/core/command.ts'
import type { DueEmail } from '../../db/emails/emails.ts'
import { listExpiringLots } from '../../db/emails/expiring.ts'
import { findMembership, listMemberships } from '../../db/memberships/memberships.ts'
import { findAddresses } from '../../db/purchases/contacts.ts'
import { findPurchase } from '../../db/purchases/purchases.ts'
import { explainAudit } from '../../domain/audits/describe.ts'
import { pastDueFacts } from '../../domain/memberships/emails.ts'
import { announcementFor } from '../../domain/policy/announcement.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { transferReference } from '../../domain/purchases/bank-transfer.ts'
import type { EmailContent, EmailContext } from '../../email/content.ts'
import { auditEmail } from '../../email/templates/audit.ts'
import { compensationEmail } from '../../email/templates/compensation.ts'
import { expiredTransferEmail } from '../../email/templates/expired-transfer.ts'
import { expiringCreditsEmail } from '../../email/templates/expiring-credits.ts'
import { lateCreditsEmail } from '../../email/templates/late-credits.ts'
import { pastDueEmail } from '../../email/templates/past-due.ts'
import { policyAnnouncementEmail } from '../../email/templates/policy-announcement.ts'
import { receiptEmail } from '../../email/templates/receipt.ts'
import { policyOf } from '../../platform/policy-store.ts'
import { type EmailDeps, emailContext } from './context.ts'

/** An email to send, or why it is not sent. */
export type Written = { to: string; context: EmailContext; content: EmailContent } | { reason: string }

type Case = { db: Db; policy: Policy; next: Policy | null; account: Account; email: DueEmail; context: EmailContext }

const noAddress = { reason: 'no address' }
/** The email is out of date: the payment has arrived, or the credits are used. */
const outdated = { reason: 'no longer true' }

const writers: Record<DueEmail['kind'], (each: Case) => Promise<Written>> = {
  receipt: ofPurchase,
  transfer_expired: ofExpiredTransfer,
  credits_late: ofPurchase,
  compensation: ofCompensation,
  membership_past_due: ofMembership,
  credits_expiring: ofExpiringCredits,
  audit_done: ofAudit,
  policy_announced: ofAnnouncement,
}

/** Writes an email from what the database knows now, in the customer's language. */
export async function writeEmail({ db, policies }: EmailDeps, product: string, email: DueEmail): Promise<Written> {
  const account = await loadAccountByKey(db, email.account_key)
  if (account.closed_at) return { reason: 'account closed' }
  const policy = policyOf(policies, product)
  const context = emailContext(policy, account)
  return writers[email.kind]({ db, policy, next: policies.next(product), account, email, context })
}

async function ofPurchase({ db, policy, account, email: { kind, subject }, context }: Case): Promise<Written> {
  const found = await findPurchase(db, account.product, subject)
  const { buyer, gift_to } = await findAddresses(db, account.account_key, subject)
  if (!buyer) return noAddress
  if (!found?.status.paid_at) return outdated
  const { status } = found
  if (kind === 'credits_late') {
    if (!status.given) return outdated
    const { credits, given } = status
    return { to: buyer, context, content: lateCreditsEmail(context, { order: subject, credits, bonus: given.bonus }) }
  }
  const { quantity, amount, currency, discount_percent, credits, random_credits, given, terms } = status
  const content = receiptEmail(context, {
    order: subject,
    pack: policy.packs[status.pack]?.name ?? status.pack,
    quantity,
    credits: random_credits && !given ? null : credits,
    amount,
    currency,
    discount_percent,
    paid_at: found.status.paid_at,
    delivery: gift_to ? 'gift' : terms.delivery,
  })
  return { to: buyer, context, content }
}

async function ofExpiredTransfer({ db, policy, account, email: { subject }, context }: Case): Promise<Written> {
  const found = await findPurchase(db, account.product, subject)
  const { buyer } = await findAddresses(db, account.account_key, subject)
  if (!buyer) return noAddress
  if (found?.status.state !== 'expired') return outdated
  const { pack: id, amount, currency } = found.status
  const pack = policy.packs[id]?.name ?? id
  const reference = transferReference(subject)
  return {
    to: buyer,
    context,
    content: expiredTransferEmail(context, { order: subject, pack, amount, currency, reference }),
  }
}

async function ofCompensation({ db, account, email: { subject }, context }: Case): Promise<Written> {
  if (!account.email) return noAddress
  const found = await findCompensation(db, account.account_key, subject)
  if (!found) return outdated
  return { to: account.email, context, content: compensationEmail(context, found) }
}

async function ofMembership({ db, policy, account, email: { subject }, context }: Case): Promise<Written> {
  if (!account.email) return noAddress
  const [id = ''] = subject.split(' ')
  const found = await findMembership(db, account.product, id)
  const facts = found && pastDueFacts(found.status)
  if (!facts) return outdated
  const plan = policy.plans[facts.plan]?.name ?? facts.plan
  return { to: account.email, context, content: pastDueEmail(context, { ...facts, plan }) }
}

async function ofExpiringCredits({ db, policy, account, email: { subject }, context }: Case): Promise<Written> {
  if (!account.email) return noAddress
  const lots = await listExpiringLots(db, account.account_key, subject, policy.emails.expiring_sources)
  if (lots.length === 0) return outdated
  return { to: account.email, context, content: expiringCreditsEmail(context, lots) }
}

async function ofAudit({ db, account, email: { subject }, context }: Case): Promise<Written> {
  if (!account.email) return noAddress
  const [id = ''] = subject.split(' ')
  const found = await findAudit(db, account.product, id)
  if (!found?.report || (found.state !== 'done' && found.state !== 'declined')) return outdated
  const unrestored = await listUnrestored(db, account.account_key)
  const explanation = explainAudit(found.report, { state: found.state, unrestored }, context.language)
  return { to: account.email, context, content: auditEmail(context, explanation) }
}

async function ofAnnouncement({ db, policy, next, account, email: { subject }, context }: Case): Promise<Written> {
  if (!account.email) return noAddress
  if (String(next?.version) !== subject) return outdated
  const memberships = (await listMemberships(db, account.account_key)).map(({ status }) => status)
  const announcement = announcementFor(policy, next, { account: account.account, memberships }, context.language)
  if (!announcement) return outdated
  const { applies_at: from, changes } = announcement
  return { to: account.email, context, content: policyAnnouncementEmail(context, { from, changes }) }
}
