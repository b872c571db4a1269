import type { Db } from '../core/command.ts'

/** Stores the provider's ids of a membership's invoices and payments; known ones stay. */
export async function storeMembershipReferences(
  db: Db,
  product: string,
  { account_key, membership }: { account_key: string; membership: string },
  references: string[],
): Promise<void> {
  await db.query(
    `insert into membership_references (product, reference, account_key, membership)
       select $1, unnest($2::text[]), $3, $4 on conflict do nothing`,
    [product, references, account_key, membership],
  )
}

/** The membership of a subscription, or of any of the provider's ids of its payments; null if there is none. */
export async function findPaidMembership(
  db: Db,
  product: string,
  { subscription, references }: { subscription: string | null; references: string[] },
): Promise<{ account: string; id: string; subscription: string; closed: boolean } | null> {
  const { rows } = await db.query<{ account: string; id: string; subscription: string; closed: boolean }>(
    `select a.account, m.membership as id, m.external_id as subscription, a.closed_at is not null as closed
     from memberships m join accounts a using (account_key)
     where m.product = $1 and m.provider = 'stripe' and m.external_id = coalesce($2, (
       select o.external_id from membership_references r join memberships o using (account_key, membership)
       where r.product = $1 and r.reference = any($3) limit 1))`,
    [product, subscription, references],
  )
  return rows[0] ?? null
}
