import { type PaymentEvent, REFUNDED_IN_FULL, reducePaymentEvents } from '../../domain/purchases/payment-facts.ts'
import { type Refusal, Refused } from '../../domain/shared/refusals.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'
import { decodeCursor, encodeCursor, type Page, type PageRequest, toPage } from '../core/page.ts'
import { listEventsOfPayment } from './payment-events.ts'

/** A payment that carries a mark of ours and fits no purchase. Money in minor units, null if unknown. */
export type UnassignedPayment = {
  /** the provider's id */
  payment: string
  provider: string
  amount: number | null
  currency: string | null
  recorded_at: string
  /** the purchase that it names, which does not exist */
  named: string | null
  outcome: 'unassigned' | 'assigned' | 'dismissed' | 'refunded'
}

/** Keeps a payment for a person; repeating it changes nothing. */
export async function keepUnassigned(
  db: Db,
  { product, provider, payment }: { product: string; provider: string; payment: string },
  { paid }: PaymentEvent,
): Promise<void> {
  await db.query(
    `insert into unassigned_payments (product, provider, payment, amount, currency)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [product, provider, payment, paid?.amount ?? null, paid?.currency ?? null],
  )
}

/** Settles a kept payment that the provider has refunded in full; a refund that fails opens it again. */
export async function settleIfRefunded(db: Db, product: string, references: string[]): Promise<void> {
  const { payments } = reducePaymentEvents(await listEventsOfPayment(db, product, references))
  const isRefunded = payments.every(({ paid, refunded }) =>
    paid.every(({ amount }) => refunded >= (amount ?? REFUNDED_IN_FULL)),
  )
  await db.query(
    `update unassigned_payments set outcome = $3
     where product = $1 and outcome in ('unassigned', 'refunded') and payment = any($2)`,
    [product, payments.flatMap(payment => payment.references), isRefunded ? 'refunded' : 'unassigned'],
  )
}

const columns = `u.payment, u.provider, u.amount, u.currency, iso(u.recorded_at) as recorded_at, u.outcome,
  (select n.purchase from payment_events n where n.product = u.product
     and n.payment_references @> array[u.payment] and n.purchase is not null limit 1) as named`

/** A stored payment in any state; null if none was stored. */
export async function findKeptPayment(db: Db, product: string, payment: string): Promise<UnassignedPayment | null> {
  const { rows } = await db.query<UnassignedPayment>(
    `select ${columns} from unassigned_payments u where u.product = $1 and u.payment = $2`,
    [product, payment],
  )
  return rows[0] ?? null
}

/** A row `u` that waits for a person, unless its purchase was stored after it. */
export const isWaiting = `u.outcome = 'unassigned'
  and not exists (select from payment_references r where r.product = u.product and r.reference = u.payment)
  and not exists (select from payment_events n join purchases p on p.product = n.product and p.purchase = n.purchase
    where n.product = u.product and n.payment_references @> array[u.payment])`

const cursorPattern = /^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?<id>[\x21-\x7e]{1,200})$/

/** The payments that wait for a person, oldest first. */
export async function listUnassigned(
  db: Db,
  product: string,
  { limit, cursor }: PageRequest,
): Promise<Page<UnassignedPayment>> {
  const { time, id } = decodeCursor(cursor, cursorPattern)
  const { rows } = await db.query<UnassignedPayment>(
    `select * from (select ${columns} from unassigned_payments u where u.product = $1 and ${isWaiting}) u
     where $2::text is null or (u.recorded_at, u.payment) > ($2, $3)
     order by u.recorded_at, u.payment limit $4`,
    [product, time ?? null, id ?? null, limit + 1],
  )
  return toPage(rows, limit, last => encodeCursor(`${last.recorded_at} ${last.payment}`))
}

/** Assigns a payment to a purchase, which may not be stored yet. @throws Refused payment_settled */
export function assignPayment(
  db: Db,
  ref: Command,
  assignment: { payment: string; purchase: string; references: string[]; actor: string; reason: string },
): Promise<{ totals: Totals } & Replayable> {
  const { payment, purchase } = assignment
  return command(db, 'assign_payment', ref, { payment, purchase }, assignment)
}

/**
 * Dismisses a payment that a person has dealt with elsewhere.
 * @param ref the command of the account that it is about; null if none is known
 * @throws Refused payment_settled
 */
export async function dismissPayment(
  db: Db,
  product: string,
  dismissal: { payment: string; actor: string; reason: string },
  ref: Command | null,
): Promise<void> {
  if (ref) {
    await command(db, 'dismiss_payment', ref, { payment: dismissal.payment }, dismissal, { onClosedAccounts: true })
    return
  }
  const { rows } = await db.query<{ result: { refusal?: Refusal } }>('select mark_dismissed($1, $2) as result', [
    product,
    JSON.stringify(dismissal),
  ])
  if (rows[0]?.result.refusal) throw new Refused(rows[0].result.refusal)
}
