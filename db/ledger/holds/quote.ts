import type { Plan } from '../../../domain/generations/reservation.ts'
import type { Refusal } from '../../../domain/shared/refusals.ts'
import type { Account } from '../../accounts/accounts.ts'
import type { Db, Totals } from '../../core/command.ts'

export type Quote = {
  refusal: Refusal | null
  draws: { lot: string; source: string; amount: number }[]
  totals: Totals
}

/** What a reservation would draw now, or why it would be refused. Holds nothing and writes nothing. */
export async function quote(db: Db, account: Account, at: Date, plan: Plan): Promise<Quote> {
  const { rows } = await db.query<{ quote: Quote }>({
    name: 'quote',
    text: 'select quote($1, $2, $3) as quote',
    values: [account.account_key, at, JSON.stringify(plan)],
  })
  if (!rows[0]) throw new Error('the book gave no quote')
  return rows[0].quote
}

export const quoteFunctions = /* sql */ `
create or replace function quote(p_account uuid, p_at timestamptz, p jsonb) returns jsonb
language plpgsql stable as $$
declare
  acc accounts;
  sums jsonb;
  no jsonb;
  draws jsonb;
begin
  select * into strict acc from accounts where account_key = p_account;
  sums := totals(acc, p_at);
  no := case when acc.closed_at is not null then refusal('account_closed')
    else reserve_refusal(acc, p_at, (p->>'requires_membership')::boolean, (p->>'cost')::bigint,
      (sums->>'available')::bigint, (sums->>'frozen')::bigint, (p->>'concurrency')::bigint,
      nullif(p->'limits', '[]')) end;
  if no is null then
    with open_lots as (
      select lot_id, source, available, spend_key,
             sum(available) over (order by spend_key, lot_id) - available as before
      from lots
      where account_key = p_account and spendable and (expires_at is null or expires_at > p_at)
        and (is_member(acc, p_at) or not members_only))
    select jsonb_agg(jsonb_build_object('lot', lot_id::text, 'source', source,
             'amount', least(available, (p->>'cost')::bigint - before)) order by spend_key, lot_id)
      into draws from open_lots where before < (p->>'cost')::bigint;
  end if;
  return jsonb_build_object('refusal', no->'refusal', 'draws', coalesce(draws, '[]'), 'totals', sums);
end $$;
`
