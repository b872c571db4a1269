import type { SubscriptionRefund } from '../../domain/memberships/subscriptions/refund.ts'
import { type CommandRef, command, type Db } from '../core/command.ts'
import type { QueuedEmail } from '../emails/emails.ts'
import type { Account } from './accounts.ts'

/** A refund by exception that waits for a second person. Money in minor units. `invoice`: of a subscription's payment. */
export type RefundRequest = { credits: number; amount: number; currency: string; reason: string } & Partial<
  Pick<SubscriptionRefund, 'invoice' | 'payment' | 'refunded'>
>

/** A request that waits for a second person, or was approved or declined. */
export type Approval = {
  account_key: string
  approval: string
  kind: 'compensation' | 'audit' | 'refund'
  subject: string
  /** of a refund; else null */
  request: RefundRequest | null
  /** ids of API keys */
  asked_by: string
  asked_at: Date
  approved_by: string | null
  approved_at: Date | null
  declined_by: string | null
  declined_at: Date | null
  decline_reason: string | null
} & Pick<Account, 'account' | 'time_zone' | 'clock_now'>

const selectApproval = `select p.account_key, p.approval, p.kind, p.subject, p.request, p.asked_by, p.asked_at,
    p.approved_by, p.approved_at, p.declined_by, p.declined_at, p.decline_reason, a.account, a.time_zone, c.now_at as clock_now
  from approvals p join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock`

/** An approval of a product by its id, or null. */
export async function findApproval(db: Db, product: string, approval: string): Promise<Approval | null> {
  const { rows } = await db.query<Approval>(`${selectApproval} where p.product = $1 and p.approval = $2`, [
    product,
    approval,
  ])
  return rows[0] ?? null
}

/** The pending approvals of a product, oldest first. */
export async function listOpenApprovals(db: Db, product: string, limit: number): Promise<Approval[]> {
  const { rows } = await db.query<Approval>(
    `${selectApproval} where p.product = $1 and p.approved_by is null and p.declined_by is null and a.closed_at is null
     order by p.asked_at, p.approval limit $2`,
    [product, limit],
  )
  return rows
}

/** Requests a second person's approval of a refund; repeating it changes nothing. */
export async function requestRefundApproval(
  db: Db,
  asked: Pick<Approval, 'account_key' | 'approval' | 'subject' | 'asked_by' | 'asked_at'> & { product: string },
  request: RefundRequest,
): Promise<void> {
  const { account_key, approval, product, subject, asked_by, asked_at } = asked
  await db.query(
    `insert into approvals (account_key, approval, product, kind, subject, request, asked_by, asked_at)
     values ($1, $2, $3, 'refund', $4, $5, $6, $7) on conflict do nothing`,
    [account_key, approval, product, subject, JSON.stringify(request), asked_by, asked_at],
  )
}

/** @property emails queued where an audit ends by it */
export type Decline = { approval: string; declined_by: string; reason: string; emails: QueuedEmail[] }

export function declineKey(approval: string): string {
  return `approval/${approval}/decline`
}

/** Declines a request; repeating it changes nothing. @throws Refused approval_decided if it was approved, account_closed */
export async function declineApproval(db: Db, ref: CommandRef, decline: Decline): Promise<void> {
  const { approval } = decline
  await command(db, 'decline_approval', { ...ref, operation_key: declineKey(approval) }, approval, decline)
}

/** Records who approved a request; the first one stays. It was carried out, so a decline meanwhile does not count. */
export async function storeApproval(
  db: Db,
  { account_key, approval }: Pick<Approval, 'account_key' | 'approval'>,
  approved_by: string,
  at: Date,
): Promise<void> {
  await db.query(
    `update approvals set approved_by = $3, approved_at = $4, declined_by = null, declined_at = null, decline_reason = null
     where account_key = $1 and approval = $2 and approved_by is null`,
    [account_key, approval, approved_by, at],
  )
}
