create or replace function save_membership(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  credits jsonb;
  put record;
  events jsonb;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  insert into memberships (account_key, membership, product, provider, external_id, status, covered_until, next_due_at,
                           revision)
    values (p_account, p->>'membership', p->>'product', p->>'provider', p->>'external_id', p->'status',
            (p->>'covered_until')::timestamptz, (p->>'next_due_at')::timestamptz, 1)
    on conflict (account_key, membership) do update set
      status = excluded.status, covered_until = excluded.covered_until, next_due_at = excluded.next_due_at,
      external_id = coalesce(excluded.external_id, memberships.external_id), revision = memberships.revision + 1
      where memberships.revision = (p->>'revision')::integer;
  if not found then
    raise exception 'membership % was moved by somebody else meanwhile', p->>'membership';
  end if;
  -- One without it was made by an older version.
  insert into membership_transitions (account_key, membership, transition_no, at, input)
    select p_account, p->>'membership', (p->>'revision')::integer + 1, p_at, p->'input' where p->'input' is not null;
  with happened as (
    insert into membership_events (account_key, membership, event_no, at, what, detail)
      select p_account, p->>'membership',
          (select coalesce(max(event_no), 0) from membership_events
            where account_key = p_account and membership = p->>'membership') + n,
          (h->>'at')::timestamptz, h->>'what', h->'detail'
        from jsonb_array_elements(p->'events') with ordinality as t(h, n)
      returning event_no, at, what, detail
  )
  select jsonb_agg(happened order by event_no) into events from happened where p->'webhook_events' ? what;
  acc := update_membership_period(p_account, p_at,
    (select max(covered_until) from memberships where account_key = p_account));
  perform emit_timeline_events(acc, events, p->'webhook_events', jsonb_build_object(
    'membership', p->>'membership', 'plan', p->'status'->>'plan', 'slots', p->'status'->'slots'));
  acc := post_expiries(acc, p_at);
  for credits in select * from jsonb_array_elements(p->'grants') loop
    insert into idempotency_records (account_key, operation_key, fingerprint, result)
      values (p_account, credits->>'key', credits->>'key', '{}') on conflict do nothing;
    if found then
      put := insert_lot(acc, credits->>'key', (credits->>'at')::timestamptz, credits);
      acc := put.acc;
    end if;
  end loop;
  return finish_command(acc, p_key, p_fingerprint, p_at, jsonb_build_object('status', p->'status'));
end $$;
