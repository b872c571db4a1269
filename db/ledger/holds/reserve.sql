-- Whether the account may spend so much, so many at once, within its limits; null when it may. Quotes ask the same.
create or replace function reserve_refusal(
  acc accounts, p_at timestamptz, p_requires_membership boolean, p_cost bigint, p_available bigint, p_frozen bigint,
  p_concurrency bigint, p_limits jsonb)
returns jsonb language sql stable as $$
  select case
    when p_requires_membership and not is_member(acc, p_at) then
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

create or replace function reservations(p_acts jsonb) returns table (
  account uuid, key text, fingerprint text, at timestamptz, product text, generation text, operation text, outputs int,
  unit_cost bigint, cost bigint, requires_membership boolean, free_trial boolean, deadline timestamptz, request jsonb,
  api_key text, concurrency bigint, limits jsonb, usage jsonb, low_below bigint, n bigint)
language sql stable as $$
  select * from rows from (jsonb_to_recordset(p_acts) as (
    account uuid, key text, fingerprint text, at timestamptz, product text, generation text, operation text, outputs int,
    unit_cost bigint, cost bigint, requires_membership boolean, free_trial boolean, deadline timestamptz, request jsonb,
    api_key text, concurrency bigint, limits jsonb, usage jsonb, low_below bigint)) with ordinality
$$;

-- The lot that is drawn next, after the one with this place in the order of use. One at a time: most generations need
-- one lot, and asked for all of them PostgreSQL would sort them first.
create or replace function next_lot(p_account uuid, p_member boolean, p_spend_key text, p_lot_id bigint)
returns setof lots language sql stable as $$
  select * from lots
  where account_key = p_account and spendable and (p_member or not members_only)
    and (spend_key, lot_id) > (p_spend_key, p_lot_id)
  order by spend_key, lot_id limit 1
$$;

create or replace function reserve(p_acts jsonb) returns table (n bigint, answer jsonb) language plpgsql as $$
declare
  act record;
  acc accounts;
  member boolean;
  next_expiry timestamptz;
  lot lots;
  e entries;
  appended record;
  remaining bigint;
  frozen bigint;
  refused jsonb;
  drawn jsonb;
  soonest_is_gone boolean;
  moves entries[];
  changed accounts[];
  numbers bigint[];
  names text[];
  all_draws jsonb[];
  all_refusals jsonb[];
  all_totals jsonb[];
begin
  perform lock_accounts(p_acts);
  e.from_state := 'available';
  e.to_state := 'held';
  e.reason := 'reserve';
  for act in
    select r.*, a.found, o.fingerprint as known_fingerprint, o.result as known, h.state as held_before,
      x.soonest as next_expiry, l.first_lot
    from reservations(p_acts) r
    left join lateral (select a as found from accounts a where account_key = r.account offset 0) a on true
    left join lateral (select * from idempotency_records where account_key = r.account and operation_key = r.key offset 0) o on true
    left join lateral (select * from holds where account_key = r.account and generation = r.generation offset 0) h on true
    left join lateral (select l as first_lot from next_lot(r.account, is_member(a.found, r.at), '', 0) l) l on true
    left join lateral next_lot_expiry(r.account) x(soonest) on true
    order by r.account, r.n
  loop
    answer := early_result(act.found, act.known_fingerprint, act.known, act.fingerprint);
    if answer is not null then
      n := act.n;
      return next;
      continue;
    end if;
    -- A generation that was refused may be tried again under its id; one that was held may not be overwritten.
    if act.held_before is not null then
      delete from holds where account_key = act.account and generation = act.generation and state = 'refused';
      if not found then
        raise exception 'generation % is held already', act.generation;
      end if;
    end if;

    if acc.account_key is distinct from act.account then
      changed := changed || acc;
      acc := act.found;
      member := is_member(acc, act.at);
      next_expiry := act.next_expiry;
      lot := act.first_lot;
    end if;
    if next_expiry <= act.at or member <> is_member(acc, act.at) then
      perform insert_entries(moves);
      moves := null;
      acc := post_expiries(acc, act.at);
      member := is_member(acc, act.at);
      next_expiry := (select next_lot_expiry(act.account));
      select * into lot from next_lot(act.account, member, '', 0);
    end if;

    frozen := case when member then 0 else acc.available_members_only end;
    refused := reserve_refusal(acc, act.at, act.requires_membership, act.cost, acc.available - frozen, frozen,
      act.concurrency, act.limits);
    if refused is null then
      acc.open_holds := acc.open_holds + 1;
      if act.usage is not null then
        perform increment_usage(act.account, act.usage);
      end if;
    end if;
    remaining := case when refused is null then act.cost else 0 end;
    drawn := '[]';
    soonest_is_gone := false;
    e.operation := act.operation;
    e.generation := act.generation;
    e.api_key := act.api_key;
    e.operation_key := act.key;
    e.at := act.at;
    while remaining > 0 loop
      if lot.available = 0 then
        select * into lot from next_lot(act.account, member, lot.spend_key, lot.lot_id);
      end if;
      if lot.lot_id is null then
        raise exception 'account % lacks % credits that its sums promise', act.account, remaining;
      end if;
      e.lot_id := lot.lot_id;
      e.amount := least(lot.available, remaining);
      appended := append_entry(acc, e, lot.members_only);
      acc := appended.acc;
      moves := moves || appended.e;
      drawn := drawn || jsonb_build_object('lot', lot.lot_id::text, 'source', lot.source, 'amount', e.amount);
      remaining := remaining - e.amount;
      lot.available := lot.available - e.amount;
      soonest_is_gone := soonest_is_gone or lot.available = 0 and lot.expires_at = next_expiry;
    end loop;
    -- At most once a day, however often it is crossed.
    if refused is null and acc.available - frozen < act.low_below and acc.available - frozen + act.cost >= act.low_below then
      perform emit_event(acc, 'credits.low', date_trunc('day', act.at)::text, act.at,
        jsonb_build_object('available', acc.available - frozen, 'below', act.low_below));
    end if;
    if soonest_is_gone then
      perform insert_entries(moves);
      moves := null;
      next_expiry := (select next_lot_expiry(act.account));
    end if;

    numbers := numbers || act.n;
    names := names || acc.account;
    all_draws := all_draws || drawn;
    all_refusals := all_refusals || refused;
    all_totals := all_totals || totals_view(acc.available - frozen, acc.held, frozen, next_expiry);
  end loop;

  perform insert_entries(moves);
  perform save_sums(changed || acc);
  return query with decided as (
    select * from unnest(numbers, names, all_draws, all_refusals, all_totals) as d(number, name, draws, refusal, totals)
    join reservations(p_acts) r on r.n = d.number
  ), written as (
    insert into holds (account_key, generation, product, state, operation, outputs, unit_cost, cost, free_trial, amount,
                       draws, refusal, usage, request, api_key, reserved_at, deadline, settled_at)
    select account, generation, product, (case when refusal is null then 'reserved' else 'refused' end)::hold_state,
           operation, outputs, unit_cost, cost, free_trial, case when refusal is null then cost else 0 end,
           draws, refusal->'refusal', case when refusal is null then usage end, request, api_key, at, deadline, case when refusal is not null then at end
    from decided
    returning holds as hold
  ), answered as (
    select d.*, jsonb_build_object('generation', generation_view(w.hold, d.name), 'totals', d.totals) as result
    from decided d join written w on (w.hold).account_key = d.account and (w.hold).generation = d.generation
  ), remembered as (
    insert into idempotency_records (account_key, operation_key, fingerprint, result)
    select account, key, fingerprint, result from answered where refusal is null
  )
  select answered.n, coalesce(refusal, result) from answered;
end $$;
