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

/** The subscription of the membership that any of the provider's ids belongs to, or null. */
export async function findSubscriptionByReferences(
  db: Db,
  product: string,
  references: string[],
): Promise<string | null> {
  const { rows } = await db.query<{ external_id: string }>(
    `select m.external_id from membership_references r join memberships m using (account_key, membership)
     where r.product = $1 and r.reference = any($2) and m.external_id is not null limit 1`,
    [product, references],
  )
  return rows[0]?.external_id ?? null
}
