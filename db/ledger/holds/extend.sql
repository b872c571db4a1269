-- Moves the deadline of a hold, records running usage, and draws more for it. Repeating it changes nothing: the later
-- deadline, the larger usage and the larger hold win.
create or replace function extend_hold(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  hold holds;
  more bigint;
  available bigint;
  drawn record;
begin
  select * into hold from holds where account_key = acc.account_key and generation = p->>'generation';
  result := case when hold.generation is null then not_found('generation')
    when hold.state <> 'reserved' then refusal('already_settled', jsonb_build_object('state', hold.state)) end;
  if result is not null then
    return;
  end if;
  acc := post_expiries(acc, p_at);
  more := greatest(0, (p->>'held')::bigint - hold.amount);
  available := acc.available - case when is_member(acc, p_at) then 0 else acc.available_members_only end;
  if more > available then
    result := refusal('insufficient_credits', jsonb_build_object('required', more, 'available', available,
      'frozen', acc.available - available));
    return;
  end if;
  drawn := draw_more(acc, hold, more, 'top_up', p_key, p_at);
  acc := drawn.acc;
  hold := drawn.hold;
  hold.deadline := greatest(hold.deadline, (p->>'deadline')::timestamptz);
  if p ? 'reported' then
    hold.metered := coalesce(hold.metered, '{}') || jsonb_build_object('reported', p->'reported');
  end if;
  update holds set deadline = hold.deadline, amount = hold.amount, draws = hold.draws, metered = hold.metered
    where account_key = acc.account_key and generation = hold.generation;
  result := jsonb_build_object('generation', generation_view(hold, acc.account));
end $$;
