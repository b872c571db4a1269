create or replace function expire_all_lots(inout acc accounts, p_at timestamptz, out expired bigint) language plpgsql as $$
declare
  lot record;
  e entries;
begin
  expired := 0;
  e.from_state := 'available';
  e.to_state := 'expired';
  e.reason := 'account_closed';
  e.operation_key := 'close';
  e.at := p_at;
  for lot in select lot_id, available from lots where account_key = acc.account_key and spendable order by lot_id loop
    e.lot_id := lot.lot_id;
    e.amount := lot.available;
    acc := post_entry(acc, e);
    expired := expired + lot.available;
  end loop;
end $$;

-- Whatever may name somebody, wherever it is. Of the memory of acts only the keys stay, so that none is done again.
create or replace function erase_personal_data(acc accounts) returns void language plpgsql as $$
begin
  delete from purchase_contacts where account_key = acc.account_key;
  delete from sent_emails where account_key = acc.account_key;
  delete from portal_sessions where account_key = acc.account_key;
  delete from webhook_deliveries where account_key = acc.account_key;
  delete from webhook_events where account_key = acc.account_key;
  delete from idempotent_responses where product = acc.product
    and (body->>'account' = acc.account or body->'account'->>'account' = acc.account);
  update holds set request = request - 'metadata' where account_key = acc.account_key;
  update idempotency_records set fingerprint = 'closed', result = '{}' where account_key = acc.account_key;
  update stripe_events set customer = null where product = acc.product and customer = acc.stripe_customer;
  update accounts set account = account_key::text, email = null, stripe_customer = null, time_zone = 'UTC', limit_overrides = '{}'
    where account_key = acc.account_key;
end $$;

create or replace function close_account(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  ended record;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  if acc.held > 0 then
    raise exception 'generations of the account are under way';
  end if;
  acc := post_expiries(acc, p_at);
  ended := expire_all_lots(acc, p_at);
  update codes c set state = 'refunded', settled_at = p_at from purchases u
    where u.account_key = p_account and c.product = u.product and c.purchase = u.purchase and c.state = 'valid';
  perform erase_personal_data(acc);
  update accounts set closed_at = p_at where account_key = p_account;
  return finish_command(ended.acc, p_key, p_fingerprint, p_at, jsonb_build_object('expired', ended.expired));
end $$;
