-- Remembers the account's trial. A trial that was decided before another one was recorded fails, and is decided again.
create or replace function take_trial(inout acc accounts, p_membership text, p_once_per text) language plpgsql as $$
begin
  if p_once_per = 'account' and acc.trial_membership <> p_membership then
    raise exception 'membership % has taken the trial of the account', acc.trial_membership;
  end if;
  acc.trial_membership := coalesce(acc.trial_membership, p_membership);
  update accounts set trial_membership = acc.trial_membership where account_key = acc.account_key;
end $$;

-- Saves a membership's transition: its status, its input, its timeline, the membership period, the grants that fell due, and
-- the credits that money which went back takes or returns. A transition decided on an older revision fails, and is decided again.
create or replace function save_membership(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  credits jsonb;
  effect jsonb;
  revision_before integer := (p->>'revision')::integer;
begin
  if p->>'trial' is not null then
    acc := take_trial(acc, p->>'membership', p->>'trial');
  end if;
  insert into memberships as m (account_key, membership, product, provider, external_id, status, covered_until,
                                next_due_at, revision)
    values (acc.account_key, p->>'membership', p->>'product', p->>'provider', p->>'external_id', p->'status',
            (p->>'covered_until')::timestamptz, (p->>'next_due_at')::timestamptz, 1)
    on conflict (account_key, membership) do update set
      status = excluded.status, covered_until = excluded.covered_until, next_due_at = excluded.next_due_at,
      external_id = coalesce(excluded.external_id, m.external_id), revision = m.revision + 1
      where m.revision = revision_before;
  if not found then
    raise exception 'membership % has changed since revision %', p->>'membership', revision_before;
  end if;
  insert into membership_transitions (account_key, membership, transition_no, at, input)
    select acc.account_key, p->>'membership', revision_before + 1, p_at, p->'input' where p->'input' is not null;
  acc := update_membership_period(acc, p_at,
    (select max(covered_until) from memberships where account_key = acc.account_key));
  perform append_timeline(acc, 'membership', p->>'membership', p->'events', p->'webhook_events', jsonb_build_object(
    'membership', p->>'membership', 'plan', p->'status'->>'plan', 'slots', p->'status'->'slots'));
  perform queue_emails(acc, p_at, p->'emails');
  perform keep_attention(acc.product, 'membership', p->>'membership', acc.account_key, p->'attention', p_at);
  acc := post_expiries(acc, p_at);
  for effect in select * from jsonb_array_elements(p->'effects') e where e->>'kind' = 'return' loop
    acc := claw_back_origin(acc, p_key, p_at, effect);
  end loop;
  for credits in select * from jsonb_array_elements(p->'grants') loop
    if claim_key(acc.account_key, credits->>'key', credits->>'key') then
      acc := (insert_lot(acc, credits->>'key', (credits->>'at')::timestamptz, credits)).acc;
    end if;
  end loop;
  for effect in select * from jsonb_array_elements(p->'effects') e where e->>'kind' <> 'return' loop
    acc := case effect->>'kind' when 'take' then claw_back_origin(acc, p_key, p_at, effect)
                                else restore_clawback(acc, p_key, p_at, effect) end;
  end loop;
  result := jsonb_build_object('status', p->'status');
end $$;

-- Records that a payment of a subscription was refunded here. The credits follow from what the provider reports.
create or replace function record_membership_refund(
  inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
begin
  perform append_timeline(acc, 'membership', p->>'membership', p->'events', '{}', '{}');
  result := '{}';
end $$;
