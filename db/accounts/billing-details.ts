import { z } from 'zod'
import { named } from '../../domain/shared/shapes.ts'
import type { Db } from '../core/command.ts'

/** The buyer on an account's invoices. */
export const billingDetailsShape = named('BillingDetails', {
  name: z.string().min(1).max(200).describe('A person or a company.'),
  address: z.array(z.string().min(1).max(200)).min(1).max(6).describe('Lines, with postal code and country.'),
  tax_id: z.string().min(1).max(50).nullable().describe('For example the VAT number; null: none is printed.'),
})
export type BillingDetails = z.infer<typeof billingDetailsShape>

/** The billing details of an account, or null. */
export async function findBillingDetails(db: Db, account_key: string): Promise<BillingDetails | null> {
  const { rows } = await db.query<BillingDetails>(
    'select name, address, tax_id from billing_details where account_key = $1',
    [account_key],
  )
  return rows[0] ?? null
}

/** Stores them. Documents that were issued before keep theirs. */
export async function putBillingDetails(
  db: Db,
  account_key: string,
  { name, address, tax_id }: BillingDetails,
): Promise<void> {
  await db.query(
    `insert into billing_details (account_key, name, address, tax_id) values ($1, $2, $3, $4)
     on conflict (account_key) do update set name = excluded.name, address = excluded.address, tax_id = excluded.tax_id`,
    [account_key, name, address, tax_id],
  )
}
