import type { InvoiceLine } from '../../../domain/purchases/invoices/shapes.ts'
import type { Db } from '../../core/command.ts'

/**
 * An account's charges: purchases through some providers, their refunds, and periods of memberships with a price. A purchase
 * on invoice counts from its order, any other from its payment.
 */
export async function listInvoiceLines(db: Db, account_key: string, providers: string[]): Promise<InvoiceLine[]> {
  const { rows } = await db.query<InvoiceLine>(
    `with bought as (
       select purchase, status->'terms'->>'name' as description,
         (status->>'quantity')::integer as quantity, (status->>'credits')::bigint as credits,
         (status->>'amount')::bigint as amount, status->>'currency' as currency, status->>'paid_at' as paid_at,
         case when provider = 'invoice' then iso(bought_at) else status->>'paid_at' end as charged_at
       from purchases where account_key = $1 and provider = any($2)
     )
     select 'purchase' as kind, purchase, null as membership, charged_at as at, description, quantity, credits, amount,
         currency, paid_at
       from bought where charged_at is not null
     union all
     select 'refund', purchase, null, iso(e.at), description, quantity, coalesce((e.detail->>'credits')::bigint, 0),
         -(e.detail->>'amount')::bigint, currency, null
       from bought join timeline_events e on e.subject_id = purchase
       where e.account_key = $1 and e.subject = 'purchase' and e.what = 'refunded' and charged_at is not null
     union all
     select 'subscription', null, e.subject_id, iso(e.at), m.status->'terms'->>'name', (c->>'slots')::integer, 0,
         (c->>'amount')::bigint, c->>'currency', null
       from timeline_events e join memberships m on m.account_key = e.account_key and m.membership = e.subject_id
         cross join lateral (select e.detail->'charge') as x(c)
       where e.account_key = $1 and e.subject = 'membership' and m.provider = 'manual' and c is not null
     order by at, purchase, kind`,
    [account_key, providers],
  )
  return rows
}
