-- Until when a result is charged after the time-out.
create or replace function late_until(hold holds) returns timestamptz language sql immutable as $$
  select hold.settled_at + coalesce((hold.terms->>'late_seconds')::integer, 0) * interval '1 second'
$$;

-- The refusal of a result after the time-out; null while the policy still charges it (RC-08).
create or replace function late_refusal(hold holds, p_at timestamptz) returns jsonb language sql stable as $$
  select case
    when hold.rest->>'kind' is distinct from 'timeout' then
      refusal('already_settled', jsonb_build_object('state', hold.state))
    when p_at > late_until(hold) then
      refusal('already_settled', jsonb_build_object('state', hold.state, 'late_until', iso(late_until(hold)),
        'detail', format('The generation timed out at %s; results were charged until %s.',
          iso(hold.settled_at), iso(late_until(hold))))) end
$$;

create or replace function settle_refusal(hold holds, p_items jsonb, p_late boolean, p_at timestamptz) returns jsonb
language sql stable as $$
  select case
    when hold.generation is null then not_found('generation')
    when p_late then late_refusal(hold, p_at)
    -- Also if items were settled since the decision: the caller must read again and decide again.
    when hold.state <> 'reserved' or not hold.items <@ p_items
      then refusal('already_settled', jsonb_build_object('state', hold.state)) end
$$;

-- Settles a batch of generations. Writes are collected as in reserve.
create or replace function settle(p_commands jsonb) returns table (n bigint, answer jsonb) language plpgsql as $$
declare
  c record;
  acc accounts;
  next_expiry timestamptz;
  hold holds;
  spend bigint;
  refund bigint;
  metered record;
  reason text;
  ended record;
  frozen bigint;
  unwritten entries[];
  changed accounts[];
  settled holds[];
  results idempotency_records[];
  written bigint;
begin
  perform lock_accounts(p_commands);
  for c in select * from load_batch(p_commands) b order by b.account_key, b.n loop
    n := c.n;
    answer := coalesce(c.early, settle_refusal(c.held, (c.input).items, c.command ? 'late', c.at));
    if answer is not null then
      return next;
      continue;
    end if;

    if acc.account_key is distinct from c.account_key then
      changed := changed || acc;
      acc := c.account;
      next_expiry := c.next_expiry;
    end if;
    if next_expiry <= c.at then
      perform insert_entries(unwritten);
      unwritten := null;
      acc := post_expiries(acc, c.at);
      next_expiry := (select x from next_lot_expiry(acc.account_key) x);
    end if;

    hold := c.held;
    spend := (c.command->>'spend')::bigint;
    refund := (c.command->>'refund')::bigint;
    reason := case (c.input).rest->>'kind' when 'cancel' then 'cancel' when 'timeout' then 'time_out' else 'refund' end;
    if c.command ? 'charge' or c.command ? 'late' then
      perform insert_entries(unwritten);
      unwritten := null;
      metered := settle_metered(acc, hold, c.command, c.key, c.at);
      if metered.refused is not null then
        answer := metered.refused;
        return next;
        continue;
      end if;
      acc := metered.acc;
      hold := metered.hold;
      spend := metered.spend;
      refund := metered.refund;
      next_expiry := metered.next_expiry;
      if c.command ? 'charge' and reason = 'refund' and (c.input).rest->>'kind' is distinct from 'fail' then
        reason := 'unused';
      end if;
    end if;
    ended := settle_draws(acc, hold, c.key, c.at, spend, refund, reason, c.command->'replacement');
    acc := ended.acc;
    unwritten := unwritten || ended.settled;
    next_expiry := least(next_expiry, ended.next_expiry);

    hold.spent := hold.spent + spend;
    hold.refunded := hold.refunded + refund;
    hold.items := (c.input).items;
    hold.rest := (c.input).rest;
    if (c.input).state is not null then
      hold.state := (c.input).state;
      hold.settled_at := c.at;
      acc.open_holds := acc.open_holds - case when c.command ? 'late' then 0 else 1 end;
    end if;
    if hold.usage is not null then
      perform correct_usage(c.held, hold, c.command);
    end if;
    if refund > 0 and reason <> 'unused' and has_subscribers(acc.product, 'generation.refunded') then
      perform emit_event(acc, 'generation.refunded', c.key, c.at, jsonb_build_object(
        'generation', hold.generation, 'operation', hold.operation, 'refunded', refund, 'reason', reason));
    end if;

    frozen := case when is_member(acc, c.at) then 0 else acc.available_members_only end;
    answer := jsonb_build_object('generation', generation_view(hold, acc.account),
      'totals', totals_view(acc.available - frozen, acc.held, frozen, next_expiry));
    settled := settled || hold;
    results := results || row(acc.account_key, c.key, c.fingerprint, answer, null)::idempotency_records;
    return next;
  end loop;

  perform finish_batch(changed || acc, unwritten, results);
  update holds h set spent = s.spent, refunded = s.refunded, items = s.items, rest = s.rest, state = s.state,
      settled_at = s.settled_at, amount = s.amount, draws = s.draws, metered = s.metered
    from unnest(settled) s where h.account_key = s.account_key and h.generation = s.generation;
  get diagnostics written = row_count;
  if written <> coalesce(cardinality(settled), 0) then
    raise exception 'one batch settles the same generation twice';
  end if;
end $$;
