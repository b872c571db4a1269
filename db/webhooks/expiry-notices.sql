-- The notices of a lot, p_days before its expiry, that fall due within (p_from, p_until]. A lot granted later than that has
-- no such notice.
create or replace function expiry_notice_times(l lots, p_days int[], p_from timestamptz, p_until timestamptz)
returns table (days int, notice_at timestamptz) language sql stable as $$
  select d, l.expires_at - d * interval '1 day' from unnest(p_days) d
  where l.expires_at - d * interval '1 day' > greatest(p_from, l.granted_at - interval '1 microsecond')
    and l.expires_at - d * interval '1 day' <= p_until
$$;

-- Those that were not emitted.
create or replace function due_expiry_notices(l lots, p_days int[], p_from timestamptz, p_until timestamptz)
returns table (days int, notice_at timestamptz) language sql stable as $$
  select n.days, n.notice_at from expiry_notice_times(l, p_days, p_from, p_until) n
  where not exists (select from webhook_events e where e.account_key = l.account_key
    and e.event = event_id(l.account_key, 'credits.expiring', concat_ws('/', l.lot_id, n.days)))
$$;

-- The email of the first notice, unless it is queued: one for all lots that expire on the same day (UTC).
-- p_emails: {product: [source] or null for all} of the policies that send it.
create or replace function due_expiry_emails(
  l lots, p_product text, p_days int[], p_from timestamptz, p_until timestamptz, p_emails jsonb)
returns table (subject text, notice_at timestamptz) language sql stable as $$
  select to_char(l.expires_at at time zone 'UTC', 'YYYY-MM-DD'), n.notice_at
  from expiry_notice_times(l, p_days[1:1], p_from, p_until) n
  where p_emails ? p_product
    and (jsonb_typeof(p_emails->p_product) = 'null' or p_emails->p_product ? l.source)
    and not exists (select from emails e where e.account_key = l.account_key and e.kind = 'credits_expiring'
      and e.subject = to_char(l.expires_at at time zone 'UTC', 'YYYY-MM-DD'))
$$;

-- Emits the notices of the last day; an older one would state a wrong number of days. Queues the email of that day.
create or replace function emit_lot_expiry_notices(l lots, p_days int[], p_at timestamptz, p_emails jsonb) returns bigint
language sql as $$
  select queue_emails(a, n.notice_at, jsonb_build_array(jsonb_build_object('kind', 'credits_expiring', 'subject', n.subject)))
    from accounts a cross join lateral due_expiry_emails(l, a.product, p_days, p_at - interval '1 day', p_at, p_emails) n
    where a.account_key = l.account_key and a.closed_at is null;
  with emitted as (
    insert into webhook_events (account_key, event, product, type, at, data)
      select a.account_key, event_id(a.account_key, 'credits.expiring', concat_ws('/', l.lot_id, n.days)), a.product,
        'credits.expiring', n.notice_at, jsonb_build_object('lot', l.lot_id::text, 'source', l.source, 'amount', l.available,
          'days', n.days, 'expires_at', iso(l.expires_at))
      from accounts a cross join lateral due_expiry_notices(l, p_days, p_at - interval '1 day', p_at) n
      where a.account_key = l.account_key and a.closed_at is null and has_subscribers(a.product, 'credits.expiring')
      on conflict do nothing returning 1
  )
  select count(*) from emitted
$$;

create or replace function emit_expiry_notices(p_account uuid, p_days int[], p_at timestamptz, p_emails jsonb) returns void
language sql as $$
  select emit_lot_expiry_notices(l, p_days, p_at, p_emails) from lots l
  where l.account_key = p_account and l.spendable and l.expires_at > p_at order by l.expires_at, l.lot_id
$$;

-- Emits the notices of the next lots in order of expiry, after the last lot of the previous batch. reached is null at the end.
create or replace function emit_next_expiry_notices(
  p_days int[], p_at timestamptz, p_until timestamptz, p_after timestamptz, p_after_lot bigint, p_limit bigint,
  p_emails jsonb, out emitted bigint, out reached jsonb) language plpgsql as $$
declare
  next_lots lots[];
  last_lot lots;
begin
  select array_agg(l order by l.expires_at, l.lot_id) into next_lots from (
    select * from lots where spendable and (expires_at, lot_id) > (p_after, p_after_lot) and expires_at <= p_until
    order by expires_at, lot_id limit p_limit) l;
  select coalesce(sum(emit_lot_expiry_notices(l, p_days, p_at, p_emails)), 0) into emitted
    from unnest(next_lots) l join accounts a using (account_key) where a.test_clock is null;
  if cardinality(next_lots) = p_limit then
    last_lot := next_lots[p_limit];
    reached := jsonb_build_object('expires_at', last_lot.expires_at, 'lot', last_lot.lot_id);
  end if;
end $$;
