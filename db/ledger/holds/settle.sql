create or replace function settle_refusal(hold holds, p_items jsonb) returns jsonb language sql stable as $$
  select case
    when hold.generation is null then not_found('generation')
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
  refund bigint;
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
    answer := coalesce(c.early, settle_refusal(c.held, (c.input).items));
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

    refund := (c.command->>'refund')::bigint;
    reason := case (c.input).rest->>'kind' when 'cancel' then 'cancel' when 'timeout' then 'time_out' else 'refund' end;
    ended := settle_draws(
      acc, c.held, c.key, c.at, (c.command->>'spend')::bigint, refund, reason, c.command->'replacement');
    acc := ended.acc;
    unwritten := unwritten || ended.settled;
    next_expiry := least(next_expiry, ended.next_expiry);

    hold := c.held;
    hold.spent := hold.spent + (c.command->>'spend')::bigint;
    hold.refunded := hold.refunded + refund;
    hold.items := (c.input).items;
    hold.rest := (c.input).rest;
    if (c.input).state is not null then
      hold.state := (c.input).state;
      hold.settled_at := c.at;
      acc.open_holds := acc.open_holds - 1;
    end if;
    if hold.usage is not null then
      perform decrement_usage(hold, (c.command->>'returned')::bigint);
    end if;
    if refund > 0 and has_subscribers(acc.product, 'generation.refunded') then
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
      settled_at = s.settled_at
    from unnest(settled) s where h.account_key = s.account_key and h.generation = s.generation;
  get diagnostics written = row_count;
  if written <> coalesce(cardinality(settled), 0) then
    raise exception 'one batch settles the same generation twice';
  end if;
end $$;
