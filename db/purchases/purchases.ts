import type { TimelineEvent } from '../../domain/memberships/membership.ts'
import type { Purchase } from '../../domain/purchases/purchase.ts'
import type { RemainingCredits } from '../../domain/purchases/refund-terms.ts'
import { isInstant } from '../../domain/shared/calendar.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'
import { purchaseWebhookEvents } from '../../domain/webhooks/events.ts'
import type { Account } from '../accounts/accounts.ts'
import type { NewCode } from '../codes/codes.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import type { Grant } from '../ledger/lots/grant.ts'

/** Something that a move of a purchase does to the lots; `cause` names what was taken, so that it can be restored. */
export type LotEffect =
  | ({ kind: 'grant'; key: string } & Grant)
  | {
      kind: 'take'
      origin: { type: string; id: string }
      cause: string
      credits: number
      short: 'debt' | 'leave' | 'retry'
      /** the beginnings of other causes: what they took of the origin already is part of the credits */
      besides: string[]
      reason: string
      /** taken from the code, or from the account that redeemed it */
      by_code: boolean
    }
  | { kind: 'restore'; cause: string; reason: string; revival: object; code: string | null }
  | ({ kind: 'issue_code' } & NewCode)

/** One move of a purchase: how it stands afterwards, and what it does to the lots, all or nothing. */
export type PurchaseTransition = {
  product: string
  purchase: string
  provider: string
  bought_at: string
  /** how many moves there were before; a move made in between lets this one fail, to be decided anew */
  moves: number
  status: Purchase
  next_due_at: string | null
  /** the provider's ids of the payment that became known */
  references: string[]
  effects: LotEffect[]
  happenings: TimelineEvent[]
}

export type PurchaseRecord = {
  account_key: string
  product: string
  purchase: string
  status: Purchase
  moves: number
} & Pick<Account, 'account' | 'clock_now' | 'test_clock' | 'closed_at'>

/**
 * Records a move of a purchase and what it does to the lots. A grant whose key is known is not made again.
 * @param event what caused the move: the same operation key with another event is an error
 */
export function savePurchase(
  db: Db,
  which: Command,
  event: unknown,
  move: PurchaseTransition,
): Promise<{ totals: Totals } & Replayable> {
  return command(db, 'save_purchase', which, event, { ...move, events: purchaseWebhookEvents })
}

/** The operation key under which a purchase begins. */
export function purchaseOpenKey(purchase: string): string {
  return `purchase/${purchase}/open`
}

/** The operation key of an event of a purchase: the same event id again is the same event. */
export function purchaseEventKey(purchase: string, eventId: string): string {
  return `purchase/${purchase}/event/${eventId}`
}

const found = `select p.account_key, p.product, p.purchase, p.status, p.moves, a.account, a.test_clock, a.closed_at,
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

/** The purchases of a product, newest first: of one account, of one provider's reference, or both. */
export async function listPurchases(
  db: Db,
  product: string,
  { account_key, reference }: { account_key?: string | undefined; reference?: string | undefined },
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ data: PurchaseRecord[]; next_cursor: string | null }> {
  const [time, id] = cursor === undefined ? [] : readCursor(cursor)
  const { rows } = await db.query<PurchaseRecord & { position: string }>(
    `${found.replace('select', 'select iso(p.bought_at) as position,')}
     where p.product = $1 and ($2::uuid is null or p.account_key = $2)
       and ($3::text is null or exists (select from payment_references r
         where r.product = $1 and r.reference = $3 and r.account_key = p.account_key and r.purchase = p.purchase))
       and ($4::timestamptz is null or (p.bought_at, p.purchase) < ($4, $5))
     order by p.bought_at desc, p.purchase desc limit $6`,
    [product, account_key ?? null, reference ?? null, time ?? null, id ?? null, limit + 1],
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    data: rows.slice(0, limit).map(({ position: _, ...row }) => row),
    next_cursor: last ? Buffer.from(`${last.position} ${last.purchase}`).toString('base64url') : null,
  }
}

function readCursor(cursor: string): [boughtAt: string, purchase: string] {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, time, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\x21-\x7e]{1,200})$/.exec(text) ?? []
  if (!time || !id || !isInstant(time)) throw invalidRequest('cursor', 'is not a cursor of this list')
  return [time, id]
}

/** What happened to a purchase, oldest first. */
export async function purchaseTimeline(db: Db, account_key: string, id: string): Promise<TimelineEvent[]> {
  const { rows } = await db.query<TimelineEvent>(
    `select iso(at) as at, what, detail from purchase_events where account_key = $1 and purchase = $2 order by event_no`,
    [account_key, id],
  )
  return rows
}

/** What is left of the credits of a purchase, and what was used; those that expired are neither. */
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
