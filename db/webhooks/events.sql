create or replace function has_subscribers(p_product text, p_type text) returns boolean language sql stable as $$
  select exists (select from webhook_endpoints
    where product = p_product and disabled_at is null and (events is null or p_type = any (events)))
$$;

-- The id is derived from the cause, so that an event is emitted once.
create or replace function event_id(p_account uuid, p_type text, p_cause text) returns text language sql immutable as $$
  select 'evt_' || left(encode(sha256(convert_to(concat_ws('/', p_account, p_type, p_cause), 'UTF8')), 'hex'), 24)
$$;

-- Writes an event if an endpoint of the product subscribes to its type.
create or replace function emit_event(acc accounts, p_type text, p_cause text, p_at timestamptz, p_data jsonb) returns void
language sql as $$
  insert into webhook_events (account_key, event, product, type, at, data)
    select acc.account_key, event_id(acc.account_key, p_type, p_cause), acc.product, p_type, p_at, p_data
    where has_subscribers(acc.product, p_type)
    on conflict do nothing
$$;

create or replace function emit_grant(acc accounts, lot lots, p_reason text) returns void language plpgsql as $$
begin
  if has_subscribers(acc.product, 'credits.granted') then
    perform emit_event(acc, 'credits.granted', lot.lot_id::text, lot.granted_at, jsonb_build_object(
      'lot', lot.lot_id::text, 'source', lot.source, 'amount', lot.granted, 'expires_at', iso(lot.expires_at),
      'reason', p_reason, 'origin', jsonb_build_object('type', lot.origin_type, 'id', lot.origin_id)));
  end if;
end $$;

-- Creates the deliveries of the oldest events without any. Returns the endpoints with new deliveries.
create or replace function fan_out_events(p_limit bigint, out events bigint, out endpoints jsonb) language sql as $$
  with undispatched as (
    update webhook_events set dispatched = true
      where (account_key, event) in (
        select account_key, event from webhook_events where not dispatched order by event_no limit p_limit
        for update skip locked)
      returning account_key, event, event_no, product, type
  ), written as (
    insert into webhook_deliveries (account_key, event, endpoint, product)
      select f.account_key, f.event, w.endpoint, w.product
      from undispatched f join webhook_endpoints w on w.product = f.product
      where w.disabled_at is null and (w.events is null or f.type = any (w.events))
      order by f.event_no
      on conflict do nothing
      returning product, endpoint
  )
  select (select count(*) from undispatched),
    coalesce((select jsonb_agg(distinct jsonb_build_object('product', product, 'endpoint', endpoint)) from written), '[]')
$$;

-- Deletes events from before a time, unless a delivery is pending. Returns how many.
create or replace function delete_old_events(p_before timestamptz, p_limit bigint) returns bigint language sql as $$
  with old as (
    select account_key, event from webhook_events e
      where recorded_at < p_before and not exists (select from webhook_deliveries d
        where d.account_key = e.account_key and d.event = e.event and d.state = 'pending')
      order by recorded_at limit p_limit
  ), deliveries as (
    delete from webhook_deliveries where (account_key, event) in (select account_key, event from old)
  ), deleted as (
    delete from webhook_events where (account_key, event) in (select account_key, event from old) returning 1
  )
  select count(*) from deleted
$$;
