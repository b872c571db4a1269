-- The account that redeemed a purchase's code, locked if it is another one than acc. Null if none did.
create or replace function lock_redeemer(acc accounts, p_purchase text) returns accounts language plpgsql as $$
declare
  redeemer accounts;
begin
  select a.* into redeemer from codes c join accounts a using (account_key)
    where c.product = acc.product and c.purchase = p_purchase and c.state = 'redeemed';
  if redeemer.account_key <> acc.account_key then
    select * into redeemer from accounts where account_key = redeemer.account_key for update;
  end if;
  return redeemer;
end $$;

-- Takes credits from a code's terms; a code without credits left is refunded. If the code was redeemed, the credits are
-- taken from the redeemer's account, unless the command depends on an unused code (short: retry).
create or replace function claw_back_from_code(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  credits bigint := (p->>'credits')::bigint;
  redeemer accounts;
begin
  update codes set
      terms = terms || jsonb_build_object('credits', greatest((terms->>'credits')::bigint - credits, 0),
        'taken', coalesce(terms->'taken', '{}') || jsonb_build_object(p->>'cause', least((terms->>'credits')::bigint, credits))),
      state = case when (terms->>'credits')::bigint <= credits then 'refunded' else state end,
      settled_at = case when (terms->>'credits')::bigint <= credits then p_at end
    where product = acc.product and purchase = p->'origin'->>'id' and state = 'valid';
  if found then
    return acc;
  end if;
  redeemer := lock_redeemer(acc, p->'origin'->>'id');
  if redeemer.account_key is null then
    return acc;
  elsif p->>'short' = 'retry' then
    raise exception 'the code of % was redeemed meanwhile', p->'origin'->>'id';
  elsif redeemer.account_key = acc.account_key then
    return claw_back_origin(acc, p_key, p_at, p);
  end if;
  perform save_sums(array[claw_back_origin(post_expiries(redeemer, p_at), p_key, p_at, p)]);
  return acc;
end $$;

-- Returns what a cause took: to this account, to the code, or to the account that redeemed it.
create or replace function restore_code(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  redeemer accounts;
begin
  acc := restore_clawback(acc, p_key, p_at, p);
  update codes set
      terms = terms || jsonb_build_object(
        'credits', (terms->>'credits')::bigint + (terms->'taken'->>(p->>'cause'))::bigint,
        'taken', (terms->'taken') - (p->>'cause')),
      state = 'valid', settled_at = null
    where product = acc.product and purchase = p->>'code' and state in ('valid', 'refunded')
      and terms->'taken' ? (p->>'cause');
  redeemer := lock_redeemer(acc, p->>'code');
  if redeemer.account_key <> acc.account_key then
    perform save_sums(array[restore_clawback(post_expiries(redeemer, p_at), p_key, p_at, p)]);
  end if;
  return acc;
end $$;
