create or replace function save_purchase(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  effect jsonb;
  put record;
  events jsonb;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  insert into purchases (account_key, purchase, product, provider, status, bought_at, next_due_at, revision)
    values (p_account, p->>'purchase', p->>'product', p->>'provider', p->'status', (p->>'bought_at')::timestamptz,
            (p->>'next_due_at')::timestamptz, 1)
    on conflict (account_key, purchase) do update set
      status = excluded.status, next_due_at = excluded.next_due_at, revision = purchases.revision + 1
      where purchases.revision = (p->>'revision')::integer;
  if not found then
    raise exception 'purchase % was moved by somebody else meanwhile', p->>'purchase';
  end if;
  with happened as (
    insert into purchase_events (account_key, purchase, event_no, at, what, detail)
      select p_account, p->>'purchase',
          (select coalesce(max(event_no), 0) from purchase_events
            where account_key = p_account and purchase = p->>'purchase') + n,
          (h->>'at')::timestamptz, h->>'what', h->'detail'
        from jsonb_array_elements(p->'events') with ordinality as t(h, n)
      returning event_no, at, what, detail
  )
  select jsonb_agg(happened order by event_no) into events from happened where p->'webhook_events' ? what;
  insert into payment_references (product, provider, reference, account_key, purchase)
    select p->>'product', p->>'provider', r, p_account, p->>'purchase'
      from jsonb_array_elements_text(p->'references') as t(r)
    on conflict do nothing;
  select * into acc from accounts where account_key = p_account;
  perform emit_timeline_events(acc, events, p->'webhook_events', jsonb_build_object(
    'purchase', p->>'purchase', 'pack', p->'status'->>'pack', 'quantity', p->'status'->'quantity'));
  acc := post_expiries(acc, p_at);
  for effect in select * from jsonb_array_elements(p->'effects') loop
    case effect->>'kind'
      when 'grant' then
        insert into idempotency_records (account_key, operation_key, fingerprint, result)
          values (p_account, effect->>'key', effect->>'key', '{}') on conflict do nothing;
        if found then
          put := insert_lot(acc, effect->>'key', p_at, effect);
          acc := put.acc;
        end if;
      when 'issue_code' then perform issue_code(p_at, effect);
      when 'take' then
        acc := case when (effect->>'by_code')::boolean then claw_back_from_code(acc, p_key, p_at, effect)
                    else claw_back_origin(acc, p_key, p_at, effect) end;
      when 'restore' then
        acc := case when effect->>'code' is not null then restore_code(acc, p_key, p_at, effect)
                    else restore_clawback(acc, p_key, p_at, effect) end;
    end case;
  end loop;
  return finish_command(acc, p_key, p_fingerprint, p_at, '{}');
end $$;
