-- Queues emails [{kind, subject, delay_hours?}], each once. Time on a test clock is not waited for.
create or replace function queue_emails(acc accounts, p_at timestamptz, p_emails jsonb) returns void language sql as $$
  insert into emails (account_key, kind, subject, product, at, next_attempt_at)
    select acc.account_key, e->>'kind', e->>'subject', acc.product, p_at, clock_timestamp()
        + case when acc.test_clock is null then coalesce((e->>'delay_hours')::integer, 0) else 0 end * interval '1 hour'
      from jsonb_array_elements(p_emails) as t(e)
    on conflict do nothing
$$;

-- Marks the oldest new emails as dispatched. Returns how many, and the products whose workflows must be told.
create or replace function dispatch_emails(p_limit bigint, out emails bigint, out products text[]) language sql as $$
  with marked as (
    update emails set dispatched = true
      where email_no in (
        select email_no from emails where not dispatched order by email_no limit p_limit for update skip locked)
      returning product
  )
  select count(*), coalesce(array_agg(distinct product), '{}') from marked
$$;
