import type { InvoiceLine } from '../../domain/purchases/invoices.ts'
import type { Db } from '../core/command.ts'

/** An account's purchases on invoice and their refunds. */
export async function listInvoiceLines(db: Db, account_key: string): Promise<InvoiceLine[]> {
  const { rows } = await db.query<InvoiceLine>(
    `with bought as (
       select purchase, bought_at, status, status->'terms'->>'name' as description,
         (status->>'quantity')::integer as quantity, (status->>'credits')::bigint as credits,
         (status->>'amount')::bigint as amount, status->>'currency' as currency, status->>'paid_at' as paid_at
       from purchases where account_key = $1 and provider = 'invoice'
     )
     select purchase, iso(bought_at) as at, 'purchase' as kind, description, quantity, credits, amount, currency, paid_at
       from bought
     union all
     select purchase, iso(e.at), 'refund', description, quantity, (e.detail->>'credits')::bigint,
         -(e.detail->>'amount')::bigint, currency, null
       from bought join timeline_events e on e.subject_id = purchase
       where e.account_key = $1 and e.subject = 'purchase' and e.what = 'refunded'
     order by at, purchase, kind`,
    [account_key],
  )
  return rows
}
