import type { Db } from '../core/command.ts'

/** The email addresses of a purchase; the code of a gift goes to its recipient (MY-10). */
export type Contacts = { buyer_email: string | null; gift_to: string | null }

/** Stores the addresses of a purchase; known ones stay. Workflow histories contain no addresses. */
export async function storeContacts(
  db: Db,
  account_key: string,
  purchase: string,
  { buyer_email, gift_to }: Contacts,
): Promise<void> {
  if (buyer_email === null && gift_to === null) return
  await db.query(
    `insert into purchase_contacts (account_key, purchase, buyer_email, gift_to) values ($1, $2, $3, $4)
     on conflict (account_key, purchase) do update set
       buyer_email = coalesce(purchase_contacts.buyer_email, excluded.buyer_email),
       gift_to = coalesce(purchase_contacts.gift_to, excluded.gift_to)`,
    [account_key, purchase, buyer_email, gift_to],
  )
}

/** Replaces the address that a purchase's code goes to. */
export async function correctRecipient(db: Db, account_key: string, purchase: string, to: string): Promise<void> {
  await db.query(
    `insert into purchase_contacts (account_key, purchase, buyer_email) values ($1, $2, $3)
     on conflict (account_key, purchase) do update set
       gift_to = case when purchase_contacts.gift_to is not null then $3 end,
       buyer_email = case when purchase_contacts.gift_to is null then $3 else purchase_contacts.buyer_email end`,
    [account_key, purchase, to],
  )
}

/** Deletes the addresses of a refused purchase. */
export async function deleteContacts(db: Db, account_key: string, purchase: string): Promise<void> {
  await db.query('delete from purchase_contacts where account_key = $1 and purchase = $2', [account_key, purchase])
}

/** The address that a purchase's code goes to, or null. */
export async function findRecipient(
  db: Db,
  account_key: string,
  purchase: string,
): Promise<{ to: string; gift: boolean } | null> {
  const { gift_to, buyer } = await findAddresses(db, account_key, purchase)
  const to = gift_to ?? buyer
  return to ? { to, gift: Boolean(gift_to) } : null
}

/** The address of a purchase's buyer and of the recipient of a gift; null where none is known. */
export async function findAddresses(
  db: Db,
  account_key: string,
  purchase: string,
): Promise<{ buyer: string | null; gift_to: string | null }> {
  const { rows } = await db.query<Contacts & { email: string | null }>(
    `select a.email, c.buyer_email, c.gift_to from accounts a
     left join purchase_contacts c on c.account_key = a.account_key and c.purchase = $2
     where a.account_key = $1`,
    [account_key, purchase],
  )
  const { gift_to = null, buyer_email, email } = rows[0] ?? {}
  return { buyer: buyer_email ?? email ?? null, gift_to }
}
