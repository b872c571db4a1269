-- Takes credits of a source for support. The amounts are clawbacks under the operation key, by which they can be restored.
create or replace function revoke(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  lot record;
  remaining bigint := (p->>'amount')::bigint;
  available bigint;
  amount bigint;
begin
  select coalesce(sum(l.available), 0) into available from lots l
    where account_key = acc.account_key and source = p->>'source' and spendable and coalesce(expires_at > p_at, true);
  if available < remaining then
    result := refusal('insufficient_credits',
      jsonb_build_object('required', remaining, 'available', available, 'frozen', 0));
    return;
  end if;
  acc := post_expiries(acc, p_at);
  for lot in
    select l.lot_id, l.available from lots l
    where account_key = acc.account_key and source = p->>'source' and spendable
    order by spend_key desc, lot_id desc
  loop
    exit when remaining = 0;
    amount := least(lot.available, remaining);
    remaining := remaining - amount;
    insert into clawbacks (account_key, cause, lot_id, amount) values (acc.account_key, p_key, lot.lot_id, amount);
    acc := move_credits(
      acc, lot.lot_id, amount, 'available', 'revoked', p->>'reason', p_key, p_at, p->>'api_key');
  end loop;
  result := '{}';
end $$;
