-- The refusal of a reservation; null if the account may make it. Quotes use it too. Where spending requires a membership,
-- others spend only credits that a campaign gave to everyone (XD-21).
create or replace function reserve_refusal(
  acc accounts, p_at timestamptz, p_requires_membership boolean, p_cost bigint, p_available bigint, p_frozen bigint,
  p_concurrency bigint, p_limits jsonb)
returns jsonb language sql stable as $$
  select case
    when p_requires_membership and not is_member(acc, p_at) and (p_cost = 0 or p_available < p_cost) then
      refusal('membership_required', jsonb_build_object('lapsed_at', iso(acc.member_until)))
    when acc.open_holds >= p_concurrency then
      refusal('concurrency_limit_reached', jsonb_build_object('limit', p_concurrency, 'used', acc.open_holds))
    else coalesce(
      case when p_limits is not null then limit_refusal(acc.account_key, p_limits) end,
      case when p_available < p_cost then
        refusal('insufficient_credits',
          jsonb_build_object('required', p_cost, 'available', p_available, 'frozen', p_frozen)) end)
  end
$$;

-- Reserves a batch of generations, account by account. Entries, sums, holds and results are collected and written at the
-- end, since writes per row cost most; entries are written earlier only where a query has to see them.
create or replace function reserve(p_commands jsonb) returns table (n bigint, answer jsonb) language plpgsql as $$
declare
  c record;
  acc accounts;
  member boolean;
  next_expiry timestamptz;
  lot lots;
  hold holds;
  frozen bigint;
  refused jsonb;
  drawn record;
  low_below bigint;
  unwritten entries[];
  changed accounts[];
  new_holds holds[];
  results idempotency_records[];
begin
  perform lock_accounts(p_commands);
  for c in
    select b.*, l.first_lot
    from load_batch(p_commands) b
    left join lateral (
      select l as first_lot from next_lot(b.account_key, is_member(b.account, b.at), '', 0) l) l on true
    order by b.account_key, b.n
  loop
    n := c.n;
    answer := c.early;
    if answer is not null then
      return next;
      continue;
    end if;
    -- A refused generation may be reserved again under its id; a held one must not be overwritten.
    if (c.held).generation is not null then
      delete from holds h
        where h.account_key = c.account_key and h.generation = (c.input).generation and h.state = 'refused';
      if not found then
        raise exception 'generation % is held already', (c.input).generation;
      end if;
    end if;

    if acc.account_key is distinct from c.account_key then
      changed := changed || acc;
      acc := c.account;
      member := is_member(acc, c.at);
      next_expiry := c.next_expiry;
      lot := c.first_lot;
    end if;
    if next_expiry <= c.at or member <> is_member(acc, c.at) then
      perform insert_entries(unwritten);
      unwritten := null;
      acc := post_expiries(acc, c.at);
      member := is_member(acc, c.at);
      next_expiry := (select x from next_lot_expiry(acc.account_key) x);
      select * into lot from next_lot(acc.account_key, member, '', 0);
    end if;

    hold := c.input;
    hold.account_key := acc.account_key;
    hold.reserved_at := c.at;
    hold.draws := '[]';
    hold.items := '{}';
    hold.spent := 0;
    hold.refunded := 0;
    hold.corrections_allowed := 0;
    frozen := case when member then 0 else acc.available_members_only end;
    refused := reserve_refusal(acc, c.at, (c.command->>'requires_membership')::boolean, hold.cost,
      acc.available - frozen, frozen, (c.command->>'concurrency')::bigint, c.command->'limits');
    if refused is not null then
      hold.state := 'refused';
      hold.amount := 0;
      hold.usage := null;
      hold.refusal := refused->'refusal';
      hold.settled_at := c.at;
      new_holds := new_holds || hold;
      answer := refused;
      return next;
      continue;
    end if;

    hold.state := 'reserved';
    hold.amount := hold.cost;
    acc.open_holds := acc.open_holds + 1;
    if hold.usage is not null then
      perform increment_usage(acc.account_key, hold.usage);
    end if;
    if hold.cost > 0 then
      drawn := draw_lots(acc, lot, hold, hold.cost, 'reserve', c.key, c.at, member, next_expiry);
      acc := drawn.acc;
      lot := drawn.lot;
      hold.draws := drawn.draws;
      unwritten := unwritten || drawn.drawn;
      if drawn.emptied then
        perform insert_entries(unwritten);
        unwritten := null;
        next_expiry := (select x from next_lot_expiry(acc.account_key) x);
      end if;
    end if;
    -- At most once a day, however often the threshold is crossed.
    low_below := (c.command->>'low_below')::bigint;
    if acc.available - frozen < low_below and acc.available - frozen + hold.cost >= low_below then
      perform emit_event(acc, 'credits.low', date_trunc('day', c.at)::text, c.at,
        jsonb_build_object('available', acc.available - frozen, 'below', low_below));
    end if;

    answer := jsonb_build_object('generation', generation_view(hold, acc.account),
      'totals', totals_view(acc.available - frozen, acc.held, frozen, next_expiry));
    new_holds := new_holds || hold;
    results := results || row(acc.account_key, c.key, c.fingerprint, answer, null)::idempotency_records;
    return next;
  end loop;

  perform finish_batch(changed || acc, unwritten, results);
  insert into holds select * from unnest(new_holds);
end $$;
