create or replace function next_lot_expiry(p_account uuid) returns setof timestamptz language sql stable as $$
  select expires_at from lots
  where account_key = p_account and spendable and expires_at is not null order by expires_at limit 1
$$;

-- Adds the entries of expired lots, each at the instant of its expiry, however late it is written.
create or replace function post_expiries(acc accounts, p_at timestamptz) returns accounts language plpgsql as $$
declare
  lot record;
begin
  for lot in
    select lot_id, available, expires_at from lots
    where account_key = acc.account_key and spendable and expires_at <= p_at
    order by expires_at, lot_id
  loop
    acc := move_credits(
      acc, lot.lot_id, lot.available, 'available', 'expired', 'expire', 'expire/' || lot.lot_id, lot.expires_at);
  end loop;
  return acc;
end $$;

-- Posts an account's expiries, and returns its totals. Takes no lock if nothing is due.
create or replace function expire(p_account uuid, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  acc accounts;
begin
  select * into strict acc from accounts where account_key = p_account;
  if exists (select from next_lot_expiry(p_account) x where x <= p_at) then
    select * into strict acc from accounts where account_key = p_account for update;
    acc := post_expiries(acc, p_at);
    perform save_sums(array[acc]);
  end if;
  return totals(acc, p_at);
end $$;
