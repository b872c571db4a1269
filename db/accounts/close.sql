-- Deletes everything that may identify a person. Operation keys stay, so that no command runs again.
create or replace function erase_personal_data(acc accounts) returns void language plpgsql as $$
begin
  delete from purchase_contacts where account_key = acc.account_key;
  delete from sent_emails where account_key = acc.account_key;
  delete from emails where account_key = acc.account_key;
  delete from billing_details where account_key = acc.account_key;
  update invoices set buyer = null where account_key = acc.account_key;
  delete from portal_sessions where account_key = acc.account_key;
  delete from webhook_deliveries where account_key = acc.account_key;
  delete from webhook_events where account_key = acc.account_key;
  delete from idempotent_responses where product = acc.product
    and (body->>'account' = acc.account or body->'account'->>'account' = acc.account);
  update holds set request = request - 'metadata' where account_key = acc.account_key;
  update defect_reports set reason = null where account_key = acc.account_key;
  update idempotency_records set fingerprint = 'closed', result = '{}' where account_key = acc.account_key;
  delete from unassigned_subscriptions where product = acc.product and customer = acc.stripe_customer;
  update stripe_events set customer = null where product = acc.product and customer = acc.stripe_customer;
  update accounts set account = account_key::text, email = null, stripe_customer = null, time_zone = 'UTC', language = null,
      limit_overrides = '{}'
    where account_key = acc.account_key;
end $$;

-- Expires all credits that an account has, as it closes or when a payment's change returns some to a closed account.
create or replace function expire_all(
  inout acc accounts, p_key text, p_at timestamptz, out expired bigint) language plpgsql as $$
declare
  lot record;
begin
  expired := 0;
  for lot in
    select lot_id, available from lots where account_key = acc.account_key and spendable order by lot_id
  loop
    acc := move_credits(acc, lot.lot_id, lot.available, 'available', 'expired', 'account_closed', p_key, p_at);
    expired := expired + lot.available;
  end loop;
end $$;

-- Expires all credits and erases personal data. The ledger stays under the account key. Codes that were not redeemed stay
-- valid: they are paid for, and may have been given away.
create or replace function close_account(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  ended record;
begin
  if acc.held > 0 then
    raise exception 'generations of the account are reserved';
  end if;
  ended := expire_all(post_expiries(acc, p_at), p_key, p_at);
  acc := ended.acc;
  perform erase_personal_data(acc);
  delete from attention where account_key = acc.account_key;
  update accounts set closed_at = p_at where account_key = acc.account_key;
  result := jsonb_build_object('expired', ended.expired);
end $$;
