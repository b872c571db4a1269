import { createHash } from 'node:crypto'
import type { Policy } from '../../domain/policy/policy.ts'
import { sell } from '../../domain/purchases/packs.ts'
import type { PaymentEvent } from '../../domain/purchases/payment-facts.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { type Account, findAccount, putAccount, timeOf } from '../accounts/accounts.ts'
import { type Db, fingerprint } from '../core/command.ts'
import { loadBuyer } from './buyer.ts'
import { type Contacts, storeContacts } from './contacts.ts'
import { insertPaymentEvent } from './payment-events.ts'
import { findPurchase } from './purchases.ts'
import { findKeptPayment, keepUnassigned, settleIfRefunded } from './unassigned-payments.ts'

/** A sale, as far as we need it; `event` is its payment event. */
export type Sale = {
  id: string
  /** identify the product sold: the last parts of the URLs that its page has */
  permalinks: string[]
  /** null if a ping has none */
  email: string | null
  quantity: number
  is_giver: boolean
  is_gift: boolean
  /** not charged yet */
  is_preorder: boolean
  /** reports a refund or dispute, so it opens no purchase; the sale itself is reported separately */
  is_follow_up: boolean
  event: PaymentEvent
}

/** The outcome of a sale; `followed` is final until the sale changes. */
export type SaleOutcome = 'placed' | 'processed' | 'nothing_to_do' | 'other_product' | 'unassigned'

/** The purchase that a sale pays; `opening` if the sale creates it. Histories keep it, so it has no personal data. */
export type PlacedSale = {
  product: string
  account: string
  id: string
  opening: { pack: string; quantity: number; provider: 'gumroad'; fingerprint: string } | null
  references: string[]
}

/**
 * Finds or makes up the purchase that a sale pays, and stores the sale's payment event.
 * @param named the purchase that the ping names; ignored if another pack was sold or another sale pays it
 * @returns the purchase, or the reason why there is none
 */
export async function placeSale(
  db: Db,
  policy: Policy,
  sale: Sale,
  named: string | null,
  now: Date,
): Promise<PlacedSale | Exclude<SaleOutcome, 'placed' | 'processed'>> {
  const { product } = policy
  const pack = packOf(policy, sale.permalinks)
  // The recipient's sale carries the credits of a gift.
  if (sale.is_preorder || (await findKeptPayment(db, product, sale.id))?.outcome === 'dismissed') return 'nothing_to_do'
  if (sale.is_giver) return placeGiver(db, product, sale)
  if (pack !== null && sale.is_follow_up && !(await findPurchaseOfSale(db, product, sale.id))) {
    // Stored before looking for the sale, so that one of two concurrent pings sees the other.
    await insertEvent(db, product, sale)
    if (!(await isReported(db, product, sale.id))) return keepFollowUp(db, product, sale)
  }
  const known = (await findPurchaseOfSale(db, product, sale.id)) ?? (await findPayable(db, product, pack, sale, named))
  if (known && (await claim(db, product, sale.id, known.purchase))) {
    const { account, account_key, purchase: id } = known
    await storeContacts(db, account_key, id, contactsOf(sale))
    await storeEvent(db, product, id, pack === null ? { ...sale, unlisted: true } : sale)
    return { product, account, id, opening: null, references: [sale.id] }
  }
  if (pack === null) return named === null ? 'other_product' : keep(db, product, sale)
  const id = `pur_${digestOf(product, sale.id)}`
  const account = await findOrCreateAccount(db, policy, pack, sale, now)
  if (account === null || !(await isSold(db, policy, account, pack, sale, now))) return keep(db, product, sale)
  await claim(db, product, sale.id, id)
  await storeContacts(db, account.account_key, id, contactsOf(sale))
  await storeEvent(db, product, id, sale)
  const opening = { pack, quantity: sale.quantity, provider: 'gumroad' as const, fingerprint: sale.id }
  return { product, account: account.account, id, opening, references: [sale.id] }
}

/** The giver's sale grants nothing. Its refund or dispute is kept, since the recipient's sale could not be told. */
async function placeGiver(db: Db, product: string, sale: Sale): Promise<'nothing_to_do' | 'unassigned'> {
  const { refunded, dispute } = sale.event
  if (!refunded && !dispute) return 'nothing_to_do'
  await insertEvent(db, product, sale)
  return keepFollowUp(db, product, sale)
}

/** Keeps a sale that fits nothing for a person. */
async function keep(db: Db, product: string, sale: Sale): Promise<'unassigned'> {
  await insertEvent(db, product, sale)
  await keepFollowUp(db, product, sale)
  await settleIfRefunded(db, product, [sale.id])
  return 'unassigned'
}

/** Keeps it even if it was refunded in full: it may be the giver's, and the recipient's code is still valid. */
async function keepFollowUp(db: Db, product: string, { id, event }: Sale): Promise<'unassigned'> {
  await keepUnassigned(db, { product, provider: 'gumroad', payment: id }, event)
  return 'unassigned'
}

async function insertEvent(db: Db, product: string, { id, event }: Sale): Promise<void> {
  await insertPaymentEvent(db, { product, provider: 'gumroad', event_id: eventId(id, event) }, event)
}

/** Whether the sale itself was reported, not only its refund or dispute. */
async function isReported(db: Db, product: string, sale: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from payment_events where product = $1 and provider = 'gumroad' and payment_references @> array[$2]
       and not event ?| array['refunded', 'dispute'] limit 1`,
    [product, sale],
  )
  return rowCount === 1
}

/** Whether the policy sells the pack to the account. */
async function isSold(db: Db, policy: Policy, account: Account, pack: string, { quantity }: Sale, now: Date) {
  try {
    const at = timeOf(account, now).toISOString()
    sell(policy, await loadBuyer(db, account, at), { pack, quantity })
    return policy.purchases.providers.includes('gumroad')
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}

/** Whether the sale in its current form was processed, so that a repeated ping changes nothing. */
export async function isSaleProcessed(db: Db, product: string, { id, event }: Sale): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from gumroad_sales s join payment_events n
       on n.product = s.product and n.provider = 'gumroad' and n.event_id = $3
     where s.product = $1 and s.sale = $2 and s.outcome = 'processed'`,
    [product, id, eventId(id, event)],
  )
  return rowCount === 1
}

/** Stores the outcome of a sale. */
export async function storeSale(
  db: Db,
  product: string,
  sale: string,
  purchase: string | null,
  outcome: SaleOutcome,
): Promise<void> {
  await db.query(
    `insert into gumroad_sales (product, sale, purchase, outcome) values ($1, $2, $3, $4)
     on conflict (product, sale) do update set
       purchase = coalesce(excluded.purchase, gumroad_sales.purchase), outcome = excluded.outcome`,
    [product, sale, purchase, outcome],
  )
}

/** Assigns the purchase to the sale. @returns false if another sale has it, by a concurrent claim */
async function claim(db: Db, product: string, sale: string, purchase: string): Promise<boolean> {
  try {
    await storeSale(db, product, sale, purchase, 'placed')
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return false
    throw error
  }
}

function contactsOf({ email, is_gift }: Sale): Contacts {
  return is_gift ? { buyer_email: null, gift_to: email } : { buyer_email: email, gift_to: null }
}

/** A sale on a page that the policy does not list pays nothing; it is stored for a person to see. */
async function storeEvent(
  db: Db,
  product: string,
  purchase: string,
  { id, permalinks, event, unlisted = false }: Sale & { unlisted?: boolean },
): Promise<void> {
  const { paid } = event
  const judged = unlisted && paid ? { ...event, paid: { ...paid, page: permalinks[0] ?? '' } } : event
  const key = { product, provider: 'gumroad', event_id: eventId(id, event) }
  await insertPaymentEvent(db, key, { ...judged, purchase })
}

function eventId(sale: string, event: PaymentEvent): string {
  return `${sale}/${fingerprint(event)}`
}

function packOf({ packs }: Policy, permalinks: string[]): string | null {
  const found = Object.entries(packs).find(([, { gumroad }]) => permalinks.includes(gumroad?.split('/').at(-1) ?? ''))
  return found?.[0] ?? null
}

async function findPurchaseOfSale(db: Db, product: string, sale: string) {
  const { rows } = await db.query<{ purchase: string | null }>(
    'select purchase from gumroad_sales where product = $1 and sale = $2',
    [product, sale],
  )
  return rows[0]?.purchase ? findPurchase(db, product, rows[0].purchase) : null
}

/** The purchase that the ping names, or, without a ping, the oldest one of this pack that awaits payment from this address. */
async function findPayable(db: Db, product: string, pack: string | null, { email, id }: Sale, named: string | null) {
  if (named === null && (pack === null || email === null)) return null
  const { rows } = await db.query<{ purchase: string }>(
    `select p.purchase from purchases p join accounts a using (account_key)
       left join purchase_contacts c on c.account_key = p.account_key and c.purchase = p.purchase
     where p.product = $1 and p.provider = 'gumroad' and p.status->>'pack' = coalesce($2, p.status->>'pack')
       and case when $3::text is null
         then p.status->>'state' = 'awaiting_payment' and lower(coalesce(c.buyer_email, a.email)) = lower($4)
         else p.purchase = $3 end
       and not exists (select from gumroad_sales s where s.product = $1 and s.purchase = p.purchase and s.sale <> $5)
     order by p.bought_at, p.purchase limit 1`,
    [product, pack, named, email, id],
  )
  return rows[0] ? findPurchase(db, product, rows[0].purchase) : null
}

/**
 * The account of a purchase made at Gumroad: the one with the buyer's address. For a pack delivered as a code it may be a
 * new account, because the code can be redeemed by any account.
 */
async function findOrCreateAccount(db: Db, { product, packs }: Policy, pack: string, sale: Sale, now: Date) {
  const { rows } = await db.query<{ account: string }>(
    `select account from accounts where product = $1 and lower(email) = lower($2) and closed_at is null
     order by created_at, account_key limit 1`,
    [product, sale.email],
  )
  if (rows[0]) return findAccount(db, product, rows[0].account)
  if (packs[pack]?.delivery !== 'code') return null
  return (await putAccount(db, product, `gumroad-${digestOf(product, sale.id)}`, {}, now)).account
}

function digestOf(product: string, sale: string): string {
  return createHash('sha256').update(`gumroad\0${product}\0${sale}`).digest('hex').slice(0, 24)
}
