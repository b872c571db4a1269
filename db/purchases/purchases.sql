-- Applies one effect of a purchase's transition to lots or to its code.
create or replace function apply_purchase_effect(acc accounts, p_key text, p_at timestamptz, p_effect jsonb)
returns accounts language plpgsql as $$
begin
  case p_effect->>'kind'
    when 'grant' then
      if claim_key(acc.account_key, p_effect->>'key', p_effect->>'key') then
        return (insert_lot(acc, p_effect->>'key', p_at, p_effect)).acc;
      end if;
      return acc;
    when 'issue_code' then
      perform issue_code(p_at, p_effect);
      return acc;
    when 'take' then
      return case when (p_effect->>'by_code')::boolean then claw_back_from_code(acc, p_key, p_at, p_effect)
                  else claw_back_origin(acc, p_key, p_at, p_effect) end;
    when 'restore' then
      return case when p_effect->>'code' is not null then restore_code(acc, p_key, p_at, p_effect)
                  else restore_clawback(acc, p_key, p_at, p_effect) end;
  end case;
end $$;

-- Saves a purchase's transition: its status, its timeline, its payment references, and its effects. A transition decided
-- on an older revision fails, and is decided again.
create or replace function save_purchase(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  effect jsonb;
  revision_before integer := (p->>'revision')::integer;
begin
  insert into purchases as u (account_key, purchase, product, provider, status, bought_at, next_due_at, revision)
    values (acc.account_key, p->>'purchase', p->>'product', p->>'provider', p->'status',
            (p->>'bought_at')::timestamptz, (p->>'next_due_at')::timestamptz, 1)
    on conflict (account_key, purchase) do update set
      status = excluded.status, next_due_at = excluded.next_due_at, revision = u.revision + 1
      where u.revision = revision_before;
  if not found then
    raise exception 'purchase % has changed since revision %', p->>'purchase', revision_before;
  end if;
  perform append_timeline(acc, 'purchase', p->>'purchase', p->'events', p->'webhook_events', jsonb_build_object(
    'purchase', p->>'purchase', 'pack', p->'status'->>'pack', 'quantity', p->'status'->'quantity'));
  perform queue_emails(acc, p_at, p->'emails');
  perform keep_attention(acc.product, 'purchase', p->>'purchase', acc.account_key, p->'attention', p_at);
  insert into payment_references (product, provider, reference, account_key, purchase)
    select p->>'product', p->>'provider', r, acc.account_key, p->>'purchase'
      from jsonb_array_elements_text(p->'references') as t(r)
    on conflict do nothing;
  acc := post_expiries(acc, p_at);
  for effect in select * from jsonb_array_elements(p->'effects') loop
    acc := apply_purchase_effect(acc, p_key, p_at, effect);
  end loop;
  if acc.closed_at is not null then
    acc := (expire_all(acc, p_key, p_at)).acc;
  end if;
  result := '{}';
end $$;
