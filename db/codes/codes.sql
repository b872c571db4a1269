-- Commands on codes. No command waits for an account while it holds a code's lock: redeeming locks the account and then
-- the code; ending a code locks either the code or, once it was redeemed, which is final, the redeemer's account.

create or replace function redeem_code(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  code codes;
  inserted record;
begin
  select * into code from codes
    where product = p->>'product' and code_hash = decode(p->>'hash', 'hex') for update;
  if code.state is distinct from 'valid' then
    result := refusal(case code.state when 'redeemed' then 'code_already_redeemed' when 'replaced' then 'code_replaced'
                                      when 'refunded' then 'code_refunded' else 'code_invalid' end);
    return;
  end if;
  inserted := insert_lot(post_expiries(acc, p_at), p_key, p_at,
    p->'lot' || jsonb_build_object('amount', code.terms->'credits'));
  acc := inserted.acc;
  update codes set state = 'redeemed', settled_at = p_at, account_key = acc.account_key,
      lot_id = (inserted.lot).lot_id
    where product = code.product and code_hash = code.code_hash;
  result := jsonb_build_object('lot', lot_view(inserted.lot, acc, p_at));
end $$;

-- Issues a code of a purchase. A later issue replaces the one before, on its terms.
create or replace function issue_code(p_at timestamptz, p jsonb) returns void language plpgsql as $$
declare
  replaced_terms jsonb;
begin
  update codes set state = 'replaced', settled_at = p_at
    where product = p->>'product' and purchase = p->>'purchase' and state = 'valid' returning terms into replaced_terms;
  if (p->>'issue')::integer > 1 and not found then
    raise exception 'the code of % was redeemed or refunded meanwhile', p->>'purchase';
  end if;
  insert into codes (product, code_hash, purchase, issue, secret_version, terms, issued_at)
    values (p->>'product', decode(p->>'hash', 'hex'), p->>'purchase', (p->>'issue')::integer,
            (p->>'secret_version')::integer, coalesce(replaced_terms, p->'terms'), p_at);
end $$;
