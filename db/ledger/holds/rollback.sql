-- Undoes a reservation whose caller never learned of it: the hold is released and becomes refused, and its operation key
-- and its webhook event are deleted, so that the request can be repeated. Does nothing without a hold. Returns a refusal if
-- outputs were settled or usage was reported: then a caller did learn of it.
create or replace function rollback_reservation(p_account uuid, p_generation text, p_at timestamptz, p_replacement jsonb)
returns jsonb language plpgsql as $$
declare
  hold holds;
  key text;
begin
  perform 1 from accounts where account_key = p_account for update;
  select * into hold from holds
    where account_key = p_account and generation = p_generation and state = 'reserved';
  if not found then
    return null;
  end if;
  if hold.items <> '{}' or hold.metered ? 'reported' then
    return refusal('already_settled', jsonb_build_object('state', hold.state));
  end if;
  key := concat_ws('/', 'rollback', p_generation, iso(hold.reserved_at));
  perform settle(jsonb_build_array(jsonb_build_object(
    'account', p_account, 'key', key, 'fingerprint', '', 'at', p_at, 'generation', p_generation,
    'spend', 0, 'refund', hold.amount, 'returned', hold.outputs, 'state', 'cancelled', 'items', '{}'::jsonb,
    'replacement', p_replacement,
    'rest', jsonb_build_object('kind', 'cancel', 'left', hold.outputs, 'delivered', 0))));
  update holds set
    state = 'refused', usage = null, amount = 0, refunded = 0, draws = '[]', rest = null, terms = null, metered = null,
    refusal = '{"code": "temporarily_unavailable"}'
    where account_key = p_account and generation = p_generation;
  delete from idempotency_records where account_key = p_account and operation_key = 'reserve/' || p_generation;
  delete from webhook_events
    where account_key = p_account and event = event_id(p_account, 'generation.refunded', key);
  return null;
end $$;
