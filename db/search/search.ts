import { accountKey } from '../accounts/account-key.ts'
import type { Db } from '../core/command.ts'
import { matching, prefixEnd } from './prefix.ts'

/** What a search found it by. */
export const clues = ['account', 'email', 'purchase', 'reference', 'code', 'membership', 'generation'] as const

/** Something that a search found, with what its title is made of. */
export type Match = {
  kind: 'account' | 'purchase' | 'membership' | 'generation' | 'payment'
  /** null: a payment that fits no purchase belongs to no account */
  account: string | null
  id: string
  by: (typeof clues)[number]
  /** whether the whole text matches, not only its beginning */
  exact: boolean
  when: string
  /** the pack, plan, operation, provider, or the account's email address; null if unknown */
  name: string | null
  state: string | null
}

/**
 * Finds accounts, purchases, memberships, generations and unassigned payments of a product, exact matches first, then newest first
 * (BR-18, MY-07). Each way to match reads an index and at most `limit` rows.
 * @param text as typed, trimmed
 * @param code the hash of the text as a redemption code; null if it cannot be one
 */
export async function search(
  db: Db,
  product: string,
  { text, code }: { text: string; code: string | null },
  limit: number,
): Promise<Match[]> {
  const lower = text.toLowerCase()
  const { rows } = await db.query<Match>(
    `with found as (${Object.values(ways).join(' union all ')}),
     described as (${descriptions.join(' union all ')})
     select kind, account, id, by, exact, iso("when") as "when", name, state from (
       select distinct on (kind, id) * from described order by kind, id, exact desc, by) d
     order by exact desc, d."when" desc, id limit $6`,
    [product, text, lower, accountKey(product, text), code, limit, prefixEnd(text), prefixEnd(lower)],
  )
  return rows
}

/** $2 to $7: the text; $3 to $8: the text in lower case; $4: the key of an account of this name; $5: the hash of a code. */
const ways = {
  name: `select 'account' as kind, account_key, account_key::text as id, 'account' as by, true as exact
    from accounts where account_key = $4::uuid`,
  names: way('account', 'account_key::text', 'account', 'accounts', matching('account', '$2', '$7'), 'account = $2'),
  emails: way(
    'account',
    'account_key::text',
    'email',
    'accounts',
    `email is not null and ${matching('lower(email)', '$3', '$8')}`,
    'lower(email) = $3',
  ),
  buyers: contactWay('buyer_email'),
  recipients: contactWay('gift_to'),
  purchases: way('purchase', 'purchase', 'purchase', 'purchases', matching('purchase', '$2', '$7'), 'purchase = $2'),
  references: way(
    'purchase',
    'purchase',
    'reference',
    'payment_references',
    matching('reference', '$2', '$7'),
    'reference = $2',
  ),
  codes: `select 'purchase', b.account_key, b.purchase, 'code', true from codes c join purchases b using (product, purchase)
    where c.product = $1 and c.code_hash = decode($5, 'hex')`,
  memberships: `select 'membership', account_key, membership, 'membership', true from memberships
    where product = $1 and membership = $2`,
  subscriptions: `select 'membership', account_key, membership, 'reference', true from memberships
    where product = $1 and provider = 'stripe' and external_id = $2`,
  invoices: `select 'membership', account_key, membership, 'reference', true from membership_references
    where product = $1 and reference = $2`,
  generations: way(
    'generation',
    'generation',
    'generation',
    'holds',
    matching('generation', '$2', '$7'),
    'generation = $2',
  ),
  payments: `select 'payment', null, payment, 'reference', true from unassigned_payments where product = $1 and payment = $2`,
}

function way(kind: string, id: string, by: string, table: string, where: string, exact: string): string {
  return `(select '${kind}', account_key, ${id}, '${by}', ${exact} from ${table}
    where product = $1 and ${where} limit $6)`
}

/** Contacts name no product, so the match is one of the product only if the purchase is. */
function contactWay(column: 'buyer_email' | 'gift_to'): string {
  return `(select 'purchase', p.account_key, p.purchase, 'email', lower(${column}) = $3
    from purchase_contacts c join purchases p using (account_key, purchase)
    where ${column} is not null and ${matching(`lower(${column})`, '$3', '$8')} and p.product = $1 limit $6)`
}

const descriptions = [
  `select f.*, case when f.by = 'account' and f.exact then $2 else a.account end as account, a.created_at as "when", a.email as name,
     case when a.closed_at is null then 'open' else 'closed' end as state
   from found f join accounts a using (account_key) where f.kind = 'account'`,
  `select f.*, a.account, p.bought_at, p.status->>'pack', p.status->>'state'
   from found f join accounts a using (account_key) join purchases p on p.account_key = f.account_key and p.purchase = f.id
   where f.kind = 'purchase'`,
  `select f.*, a.account, (m.status->>'anchor')::timestamptz, m.status->>'plan', m.status->>'state'
   from found f join accounts a using (account_key) join memberships m on m.account_key = f.account_key and m.membership = f.id
   where f.kind = 'membership'`,
  `select f.*, a.account, h.reserved_at, h.operation, h.state::text
   from found f join accounts a using (account_key) join holds h on h.account_key = f.account_key and h.generation = f.id
   where f.kind = 'generation'`,
  `select f.*, null, u.recorded_at, u.provider, u.outcome
   from found f join unassigned_payments u on u.product = $1 and u.payment = f.id where f.kind = 'payment'`,
]
