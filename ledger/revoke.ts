import { type Act, act, type Book, type Totals } from './act.ts'

export type Revoke = {
  /** the lots of this origin are revoked, those of one purchase for example */
  origin: { type: string; id: string }
  /** at most this many credits; null for all that is left */
  amount: number | null
  reason: string
}

/** Takes back what is still available of the lots of one origin, and says how much that was. */
export function revoke(
  book: Book,
  which: Act,
  request: Revoke,
): Promise<{ revoked: number; totals: Totals }> {
  return act(book, 'revoke', which, request, request)
}

export const revokeFunctions = /* sql */ `
create or replace function revoke(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  lot record;
  e entries;
  wanted bigint := (p->>'amount')::bigint;
  revoked bigint := 0;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := book_expiries(acc, p_at);
  e.from_state := 'available';
  e.to_state := 'revoked';
  e.reason := p->>'reason';
  e.operation_key := p_key;
  e.at := p_at;
  for lot in
    select lot_id, available from lots
    where account_key = p_account and origin_type = p->'origin'->>'type' and origin_id = p->'origin'->>'id' and spendable
    order by spend_key desc, lot_id desc
  loop
    exit when revoked = wanted;
    e.lot_id := lot.lot_id;
    e.amount := least(lot.available, coalesce(wanted - revoked, lot.available));
    acc := book(acc, e);
    revoked := revoked + e.amount;
  end loop;
  return close_act(acc, p_key, p_fingerprint, p_at, jsonb_build_object('revoked', revoked));
end $$;
`
