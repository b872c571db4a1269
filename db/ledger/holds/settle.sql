-- How much of the stretch from lies within the draw that begins at p_start: both are counted in credits of the hold.
create or replace function overlap(p_start bigint, p_amount bigint, p_from bigint, p_to bigint) returns bigint
language sql immutable as $$
  select greatest(0, least(p_start + p_amount, p_to) - greatest(p_start, p_from))
$$;

create or replace function settlements(p_acts jsonb) returns table (
  account uuid, key text, fingerprint text, at timestamptz, generation text, spend bigint, refund bigint,
  returned bigint, state hold_state, items jsonb, closing jsonb, replacement jsonb, n bigint)
language sql stable as $$
  select * from rows from (jsonb_to_recordset(p_acts) as (
    account uuid, key text, fingerprint text, at timestamptz, generation text, spend bigint, refund bigint,
    returned bigint, state hold_state, items jsonb, closing jsonb, replacement jsonb)) with ordinality
$$;

-- Enters credits that come back. Where their lot has died meanwhile, a new one is issued for them.
create or replace function append_refund(
  inout acc accounts, e entries, p_replacement jsonb, out moves entries[], out expires_at timestamptz)
language plpgsql as $$
declare
  lot lots;
  appended record;
begin
  select * into strict lot from lots where account_key = acc.account_key and lot_id = e.lot_id;
  expires_at := lot.expires_at;
  e.to_state := case when lot.expires_at <= e.at then 'expired' else 'available' end;
  appended := append_entry(acc, e, lot.members_only);
  acc := appended.acc;
  moves := array[appended.e];
  if e.to_state = 'expired' then
    insert into lots (account_key, source, granted, available, granted_at, expires_at, members_only, spend_key,
                      origin_type, origin_id, replaces_lot_id, terms)
      values (acc.account_key, lot.source, e.amount, e.amount, e.at, (p_replacement->>'expires_at')::timestamptz,
              lot.members_only, p_replacement->'spend_keys'->>lot.source, lot.origin_type, lot.origin_id, lot.lot_id,
              p_replacement->'terms')
      returning * into lot;
    expires_at := lot.expires_at;
    e.lot_id := lot.lot_id;
    e.from_state := 'issued';
    e.to_state := 'available';
    appended := append_entry(acc, e, lot.members_only);
    acc := appended.acc;
    moves := moves || appended.e;
  end if;
end $$;

create or replace function settle(p_acts jsonb) returns table (n bigint, answer jsonb) language plpgsql as $$
declare
  act record;
  acc accounts;
  next_expiry timestamptz;
  hold holds;
  draw jsonb;
  drawn bigint;
  place bigint;
  refund_end bigint;
  e entries;
  appended record;
  given record;
  frozen bigint;
  moves entries[];
  changed accounts[];
  numbers bigint[];
  names text[];
  all_totals jsonb[];
  settled bigint;
begin
  perform lock_accounts(p_acts);
  for act in
    select s.*, a.found, o.fingerprint as known_fingerprint, o.result as known, h.held, x.soonest as next_expiry
    from settlements(p_acts) s
    left join lateral (select a as found from accounts a where account_key = s.account offset 0) a on true
    left join lateral (select * from idempotency_records where account_key = s.account and operation_key = s.key offset 0) o on true
    left join lateral (select h as held from holds h
      where account_key = s.account and generation = s.generation offset 0) h on true
    left join lateral next_lot_expiry(s.account) x(soonest) on true
    order by s.account, s.n
  loop
    hold := act.held;
    answer := early_result(act.found, act.known_fingerprint, act.known, act.fingerprint);
    if answer is null then
      answer := case
        when hold.generation is null then refusal('not_found', '{"detail": "There is no such generation."}')
        -- Also where it was decided without knowing of items that are settled: who asks has to look again.
        when hold.state <> 'reserved' or not hold.items <@ act.items
          then refusal('already_settled', jsonb_build_object('state', hold.state)) end;
    end if;
    if answer is not null then
      n := act.n;
      return next;
      continue;
    end if;

    if acc.account_key is distinct from act.account then
      changed := changed || acc;
      acc := act.found;
      next_expiry := act.next_expiry;
    end if;
    if next_expiry <= act.at then
      perform insert_entries(moves);
      moves := null;
      acc := post_expiries(acc, act.at);
      next_expiry := (select next_lot_expiry(act.account));
    end if;

    e.operation := hold.operation;
    e.generation := hold.generation;
    e.api_key := hold.api_key;
    e.operation_key := act.key;
    e.at := act.at;
    e.from_state := 'held';
    refund_end := hold.amount - hold.refunded;
    place := 0;
    for draw in select jsonb_array_elements(hold.draws) loop
      drawn := (draw->>'amount')::bigint;
      e.lot_id := (draw->>'lot')::bigint;
      e.amount := overlap(place, drawn, hold.spent, hold.spent + act.spend);
      if e.amount > 0 then
        e.to_state := 'spent';
        e.reason := 'commit';
        -- What is spent was not available, so whether it was for members only changes no sum.
        appended := append_entry(acc, e, false);
        acc := appended.acc;
        moves := moves || appended.e;
      end if;
      e.amount := overlap(place, drawn, refund_end - act.refund, refund_end);
      if e.amount > 0 then
        e.reason := case act.closing->>'kind' when 'cancel' then 'cancel' when 'timeout' then 'time_out' else 'refund' end;
        given := append_refund(acc, e, act.replacement);
        acc := given.acc;
        moves := moves || given.moves;
        next_expiry := least(next_expiry, given.expires_at);
      end if;
      place := place + drawn;
    end loop;

    if act.refund > 0 and has_subscribers(acc.product, 'generation.refunded') then
      perform emit_event(acc, 'generation.refunded', act.key, act.at, jsonb_build_object(
        'generation', hold.generation, 'operation', hold.operation, 'refunded', act.refund, 'reason', e.reason));
    end if;
    if act.state is not null then
      acc.open_holds := acc.open_holds - 1;
    end if;
    if hold.usage is not null then
      hold.state := act.state;
      perform decrement_usage(hold, act.returned);
    end if;

    frozen := case when is_member(acc, act.at) then 0 else acc.available_members_only end;
    numbers := numbers || act.n;
    names := names || acc.account;
    all_totals := all_totals || totals_view(acc.available - frozen, acc.held, frozen, next_expiry);
  end loop;

  perform insert_entries(moves);
  perform save_sums(changed || acc);
  return query with written as (
    update holds h set
      spent = h.spent + s.spend, refunded = h.refunded + s.refund, items = s.items, closing = s.closing,
      state = coalesce(s.state, 'reserved'), settled_at = case when s.state is not null then s.at end
    from unnest(numbers, names, all_totals) as d(number, name, totals) join settlements(p_acts) s on s.n = d.number
    where h.account_key = s.account and h.generation = s.generation
    returning s.n, s.account, s.key, s.fingerprint,
      jsonb_build_object('generation', generation_view(h, d.name), 'totals', d.totals) as result
  ), remembered as (
    insert into idempotency_records (account_key, operation_key, fingerprint, result)
    select account, key, fingerprint, result from written
  )
  select written.n, written.result from written;
  get diagnostics settled = row_count;
  if settled <> coalesce(cardinality(numbers), 0) then
    raise exception 'one batch settles the same generation twice';
  end if;
end $$;

-- What was reserved just now is settled whole; what was refused, or was charged before, stays as it is.
create or replace function charge(p_acts jsonb) returns table (n bigint, answer jsonb) language plpgsql as $$
declare
  reserved bigint[];
  settlements jsonb;
begin
  for n, answer in select * from reserve(p_acts) loop
    if answer ? 'refusal' or answer ? 'replayed' then
      return next;
    else
      reserved := reserved || n;
      settlements := coalesce(settlements, '[]') || full_settlement(p_acts->(n::int - 1));
    end if;
  end loop;
  if reserved is null then
    return;
  end if;
  for n, answer in select * from settle(settlements) loop
    n := reserved[n];
    update idempotency_records set result = answer
      where account_key = (p_acts->(n::int - 1)->>'account')::uuid and operation_key = p_acts->(n::int - 1)->>'key';
    return next;
  end loop;
end $$;

create or replace function full_settlement(p_charge jsonb) returns jsonb language sql immutable as $$
  select p_charge || jsonb_build_object(
    'key', p_charge->>'key' || '/commit', 'spend', p_charge->'cost', 'refund', 0, 'returned', 0, 'state', 'committed',
    'items', '{}'::jsonb, 'closing',
    jsonb_build_object('kind', 'complete', 'left', p_charge->'outputs', 'delivered', p_charge->'outputs'))
$$;

create or replace function rollback_reservation(p_account uuid, p_generation text, p_at timestamptz, p_replacement jsonb)
returns void language plpgsql as $$
declare
  hold holds;
begin
  perform 1 from accounts where account_key = p_account for update;
  select * into hold from holds
    where account_key = p_account and generation = p_generation and state = 'reserved';
  if not found then
    return;
  end if;
  perform settle(jsonb_build_array(jsonb_build_object(
    'account', p_account, 'key', 'abandon/' || p_generation || '/' || iso(hold.reserved_at), 'fingerprint', '',
    'at', p_at, 'generation', p_generation, 'spend', 0, 'refund', hold.amount, 'returned', hold.outputs, 'state', 'cancelled', 'items', '{}'::jsonb,
    'replacement', p_replacement, 'closing', jsonb_build_object('kind', 'cancel', 'left', hold.outputs, 'delivered', 0))));
  update holds set
    state = 'refused', usage = null, amount = 0, refunded = 0, draws = '[]', closing = null,
    refusal = '{"code": "temporarily_unavailable"}'
    where account_key = p_account and generation = p_generation;
  delete from idempotency_records where account_key = p_account and operation_key = 'reserve/' || p_generation;
  delete from webhook_events where account_key = p_account and event = event_id(
    p_account, 'generation.refunded', 'abandon/' || p_generation || '/' || iso(hold.reserved_at));
end $$;
