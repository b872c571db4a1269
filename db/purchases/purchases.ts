import type { TimelineEvent } from '../../domain/memberships/membership.ts'
import type { Purchase } from '../../domain/purchases/purchase.ts'
import type { RemainingCredits } from '../../domain/purchases/refunds/terms.ts'
import { raisedIn } from '../../domain/shared/attention.ts'
import { purchaseWebhookEvents } from '../../domain/webhooks/events.ts'
import type { Account } from '../accounts/accounts.ts'
import type { NewCode } from '../codes/codes.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import { decodeCursor, encodeCursor, type Page, type PageRequest, toPage } from '../core/page.ts'
import type { QueuedEmail } from '../emails/emails.ts'
import type { Grant } from '../ledger/lots/grant.ts'

/** An effect of a purchase's transition on lots or codes; `cause` identifies taken credits, so that they can be restored. */
export type LotEffect =
  | ({ kind: 'grant'; key: string } & Grant)
  | {
      kind: 'take'
      origin: { type: string; id: string }
      cause: string
      credits: number
      short: 'debt' | 'leave' | 'retry'
      /** prefixes of other causes, whose credits of this origin count towards `credits` */
      besides: string[]
      reason: string
      /** taken from the code, or from the account that redeemed it */
      by_code: boolean
    }
  | { kind: 'restore'; cause: string; reason: string; replacement: object; code: string | null }
  | ({ kind: 'issue_code' } & NewCode)

/** A transition of a purchase: its new status and its effects, applied together. */
export type PurchaseTransition = {
  product: string
  purchase: string
  provider: string
  bought_at: string
  /** the revision that it was decided on; it fails if that has changed, and must be decided again */
  revision: number
  status: Purchase
  next_due_at: string | null
  /** newly known ids of the payment at the provider */
  references: string[]
  effects: LotEffect[]
  events: TimelineEvent[]
  emails: QueuedEmail[]
}

export type PurchaseRecord = {
  account_key: string
  product: string
  purchase: string
  status: Purchase
  revision: number
} & Pick<Account, 'account' | 'clock_now' | 'test_clock' | 'closed_at'>

/**
 * Records a transition of a purchase with its effects. A grant under a known key is skipped. One that issued a code can
 * still be refunded after its account is closed, because the code outlives the account.
 * @param event the cause of the transition; another event under a known operation key is an error
 */
export function savePurchase(
  db: Db,
  ref: Command,
  event: unknown,
  transition: PurchaseTransition,
): Promise<{ totals: Totals } & Replayable> {
  const attention = raisedIn(transition.status.attention)
  const args = { ...transition, attention, webhook_events: purchaseWebhookEvents }
  return command(db, 'save_purchase', ref, event, args, { onClosedAccounts: transition.status.code !== null })
}

/** The operation key of a purchase's first transition. */
export function purchaseOpenKey(purchase: string): string {
  return `purchase/${purchase}/open`
}

/** The operation key of an event of a purchase. */
export function purchaseEventKey(purchase: string, eventId: string): string {
  return `purchase/${purchase}/event/${eventId}`
}

const found = `select p.account_key, p.product, p.purchase, p.status, p.revision, a.account, a.test_clock, a.closed_at,
    c.now_at as clock_now
  from purchases p join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock`

/** A purchase of a product by its id, or null. */
export async function findPurchase(db: Db, product: string, id: string): Promise<PurchaseRecord | null> {
  const { rows } = await db.query<PurchaseRecord>({
    name: 'find_purchase',
    text: `${found} where p.product = $1 and p.purchase = $2`,
    values: [product, id],
  })
  return rows[0] ?? null
}

const cursorPattern = /^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?<id>[\x21-\x7e]{1,200})$/

/** What support knows of a purchase: its id or the provider's, an email address, or a code's hash (BR-18, MY-07). */
export type PurchaseClue = { by: 'reference' | 'email' | 'code'; value: string }

/** The purchases that fit a clue, $3. */
const fitting: Record<PurchaseClue['by'], string> = {
  reference: `select account_key, purchase from purchases where product = $1 and purchase = $3
    union all select account_key, purchase from payment_references where product = $1 and reference = $3`,
  email: `select account_key, purchase from purchase_contacts where lower(buyer_email) = lower($3)
    union all select account_key, purchase from purchase_contacts where lower(gift_to) = lower($3)
    union all select b.account_key, b.purchase from accounts a join purchases b using (account_key)
      where a.product = $1 and lower(a.email) = lower($3)`,
  code: `select b.account_key, b.purchase from codes c join purchases b using (product, purchase)
    where c.product = $1 and c.code_hash = decode($3, 'hex')`,
}

/** The purchases of a product, newest first, filtered by account and by a clue. */
export async function listPurchases(
  db: Db,
  product: string,
  { account_key, clue }: { account_key?: string | undefined; clue?: PurchaseClue | undefined },
  { limit, cursor }: PageRequest,
): Promise<Page<PurchaseRecord>> {
  const { time, id } = decodeCursor(cursor, cursorPattern)
  const { rows } = await db.query<PurchaseRecord & { position: string }>(
    `${found.replace('select', 'select iso(p.bought_at) as position,')}
     where p.product = $1 and ($2::uuid is null or p.account_key = $2)
       and ($3::text is null or (p.account_key, p.purchase) in (${fitting[clue?.by ?? 'reference']}))
       and ($4::timestamptz is null or (p.bought_at, p.purchase) < ($4, $5))
     order by p.bought_at desc, p.purchase desc limit $6`,
    [product, account_key ?? null, clue?.value ?? null, time ?? null, id ?? null, limit + 1],
  )
  const { data, next_cursor } = toPage(rows, limit, last => encodeCursor(`${last.position} ${last.purchase}`))
  return { data: data.map(({ position: _, ...row }) => row), next_cursor }
}

/** The timeline of a purchase, oldest first. */
export async function purchaseTimeline(db: Db, account_key: string, id: string): Promise<TimelineEvent[]> {
  const { rows } = await db.query<TimelineEvent>(
    `select iso(at) as at, what, detail from timeline_events
     where account_key = $1 and subject = 'purchase' and subject_id = $2 order by event_no`,
    [account_key, id],
  )
  return rows
}

/** The provider's ids of a purchase's payments. */
export async function listPaymentReferences(db: Db, account_key: string, id: string): Promise<string[]> {
  const { rows } = await db.query<{ reference: string }>({
    name: 'payment_references',
    text: 'select reference from payment_references where account_key = $1 and purchase = $2 order by reference',
    values: [account_key, id],
  })
  return rows.map(({ reference }) => reference)
}

/** A purchase's credits that are left and used; expired ones are neither. */
export async function readRemainingCredits(
  db: Db,
  account_key: string,
  id: string,
  at: Date,
): Promise<RemainingCredits> {
  const { rows } = await db.query<RemainingCredits>(
    `select coalesce(sum(available) filter (where expires_at is null or expires_at > $3), 0) as left,
       coalesce(sum(spent + held), 0) as used
     from lots where account_key = $1 and origin_type = 'purchase' and origin_id = $2`,
    [account_key, id, at],
  )
  return rows[0] ?? { left: 0, used: 0 }
}
