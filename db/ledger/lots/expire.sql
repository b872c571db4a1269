-- Each expiry is booked at the instant at which the lot died, however much later it is written down.

create or replace function next_lot_expiry(p_account uuid) returns setof timestamptz language sql stable as $$
  select expires_at from lots
  where account_key = p_account and spendable and expires_at is not null order by expires_at limit 1
$$;

create or replace function post_expiries(acc accounts, p_at timestamptz) returns accounts language plpgsql as $$
declare
  lot record;
  e entries;
begin
  for lot in
    select lot_id, available, expires_at from lots
    where account_key = acc.account_key and spendable and expires_at <= p_at
    order by expires_at, lot_id
  loop
    e.lot_id := lot.lot_id;
    e.from_state := 'available';
    e.to_state := 'expired';
    e.amount := lot.available;
    e.reason := 'expire';
    e.operation_key := 'expire/' || lot.lot_id;
    e.at := lot.expires_at;
    acc := post_entry(acc, e);
  end loop;
  return acc;
end $$;

create or replace function expire(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  answer jsonb;
begin
  -- Where nothing is due this is a look at the account, and writes nothing.
  select * into acc from accounts where account_key = p_account;
  if found and not coalesce((select next_lot_expiry(p_account)) <= p_at, false) then
    return jsonb_build_object('totals', totals(acc, p_at));
  end if;
  answer := begin_command(p_account, p_key, p_fingerprint);
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := post_expiries(acc, p_at);
  return finish_command(acc, p_key, p_fingerprint, p_at, '{}');
end $$;
