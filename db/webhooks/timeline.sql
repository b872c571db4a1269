-- Appends events to the timeline of a membership or a purchase, and emits those that p_webhook_events maps to a type.
create or replace function append_timeline(
  acc accounts, p_subject text, p_id text, p_events jsonb, p_webhook_events jsonb, p_data jsonb)
returns void language sql as $$
  with last as (
    select coalesce(max(event_no), 0) as event_no from timeline_events
      where account_key = acc.account_key and subject = p_subject and subject_id = p_id
  ), appended as (
    insert into timeline_events (account_key, subject, subject_id, event_no, at, what, detail)
      select acc.account_key, p_subject, p_id, last.event_no + n, (e->>'at')::timestamptz, e->>'what', e->'detail'
      from last, jsonb_array_elements(p_events) with ordinality as x(e, n)
      returning event_no, at, what, detail
  )
  select emit_event(acc, p_webhook_events->>what, concat_ws('/', p_id, event_no), at,
      p_data || coalesce(nullif(detail, 'null'), '{}'))
    from appended where p_webhook_events ? what order by event_no
$$;
