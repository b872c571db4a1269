-- Deletes everything that may identify a person. Operation keys stay, so that no command runs again.
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
  update accounts set account = account_key::text, email = null, stripe_customer = null, time_zone = 'UTC',
      limit_overrides = '{}'
    where account_key = acc.account_key;
end $$;

-- Expires all credits, ends the account's unused codes, and erases personal data. The ledger stays under the account key.
create or replace function close_account(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  lot record;
  expired bigint := 0;
begin
  if acc.held > 0 then
    raise exception 'generations of the account are reserved';
  end if;
  acc := post_expiries(acc, p_at);
  for lot in
    select lot_id, available from lots where account_key = acc.account_key and spendable order by lot_id
  loop
    acc := move_credits(
      acc, lot.lot_id, lot.available, 'available', 'expired', 'account_closed', p_key, p_at);
    expired := expired + lot.available;
  end loop;
  update codes c set state = 'refunded', settled_at = p_at from purchases u
    where u.account_key = acc.account_key and c.product = u.product and c.purchase = u.purchase and c.state = 'valid';
  perform erase_personal_data(acc);
  update accounts set closed_at = p_at where account_key = acc.account_key;
  result := jsonb_build_object('expired', expired);
end $$;
