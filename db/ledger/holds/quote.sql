-- The refusal or the draws of a reservation if it was made now. Writes nothing.
create or replace function quote(p_account uuid, p_at timestamptz, p jsonb) returns jsonb
language plpgsql stable as $$
declare
  acc accounts;
  sums jsonb;
  refused jsonb;
  draws jsonb;
begin
  select * into strict acc from accounts where account_key = p_account;
  sums := totals(acc, p_at);
  refused := case when acc.closed_at is not null then refusal('account_closed')
    else reserve_refusal(acc, p_at, (p->>'requires_membership')::boolean, (p->>'cost')::bigint,
      (sums->>'available')::bigint, (sums->>'frozen')::bigint, (p->>'concurrency')::bigint,
      nullif(p->'limits', '[]')) end;
  if refused is null then
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
  return jsonb_build_object('refusal', refused->'refusal', 'draws', coalesce(draws, '[]'), 'totals', sums);
end $$;
