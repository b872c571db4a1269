-- The acts on codes. No act waits for an account while it holds a code: redeeming locks the account and then the code,
-- ending one locks either the code or, when it was redeemed, which is final, the account that did.

create or replace function redeem_code(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  code codes;
  put record;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into code from codes
    where product = p->>'product' and code_hash = decode(p->>'hash', 'hex') for update;
  if code.state is distinct from 'valid' then
    return refusal(case code.state when 'redeemed' then 'code_already_redeemed' when 'replaced' then 'code_replaced'
                                   when 'refunded' then 'code_refunded' else 'code_invalid' end);
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := post_expiries(acc, p_at);
  put := insert_lot(acc, p_key, p_at, p->'lot' || jsonb_build_object('amount', code.terms->'credits'));
  update codes set state = 'redeemed', settled_at = p_at, account_key = p_account, lot_id = (put.lot).lot_id
    where product = code.product and code_hash = code.code_hash;
  return finish_command(put.acc, p_key, p_fingerprint, p_at,
    jsonb_build_object('lot', lot_view(put.lot, put.acc, p_at)));
end $$;

-- A code for a purchase. The second and later ones take the place of the one before, which is dead from then on.
create or replace function issue_code(p_at timestamptz, p jsonb) returns void language plpgsql as $$
declare
  before jsonb;
begin
  update codes set state = 'replaced', settled_at = p_at
    where product = p->>'product' and purchase = p->>'purchase' and state = 'valid' returning terms into before;
  if (p->>'issue')::integer > 1 and not found then
    raise exception 'the code of % was redeemed or ended meanwhile', p->>'purchase';
  end if;
  insert into codes (product, code_hash, purchase, issue, secret_version, terms, issued_at)
    values (p->>'product', decode(p->>'hash', 'hex'), p->>'purchase', (p->>'issue')::integer,
            (p->>'secret_version')::integer, coalesce(before, p->'terms'), p_at);
end $$;

-- As finish_command does it, for an account that is not the one of the act.
create or replace function save_account_sums(acc accounts) returns void language sql as $$
  update accounts set
    available = acc.available, available_members_only = acc.available_members_only, held = acc.held,
    last_entry = acc.last_entry, head = acc.head
    where account_key = acc.account_key
$$;

-- Takes credits from what a code gives; one that gives nothing any more is refunded. Where it was redeemed they are
-- taken from the account that did, unless the act asked for an unused one.
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
  select a.* into redeemer from codes c join accounts a using (account_key)
    where c.product = acc.product and c.purchase = p->'origin'->>'id' and c.state = 'redeemed';
  if not found then
    return acc;
  elsif p->>'short' = 'retry' then
    raise exception 'the code of % was redeemed meanwhile', p->'origin'->>'id';
  elsif redeemer.account_key = acc.account_key then
    return claw_back_origin(acc, p_key, p_at, p);
  end if;
  select * into redeemer from accounts where account_key = redeemer.account_key for update;
  perform save_account_sums(claw_back_origin(post_expiries(redeemer, p_at), p_key, p_at, p));
  return acc;
end $$;

-- Gives back what was taken for a cause: from this account, from the code, or from the account that redeemed it.
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
  select a.* into redeemer from codes c join accounts a using (account_key)
    where c.product = acc.product and c.purchase = p->>'code' and c.state = 'redeemed';
  if not found then
    return acc;
  elsif redeemer.account_key = acc.account_key then
    return acc;
  end if;
  select * into redeemer from accounts where account_key = redeemer.account_key for update;
  perform save_account_sums(restore_clawback(post_expiries(redeemer, p_at), p_key, p_at, p));
  return acc;
end $$;
