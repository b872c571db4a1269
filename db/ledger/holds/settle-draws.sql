-- The part of one draw, which begins at p_start, that lies between two positions; all are counted in credits of the hold.
create or replace function overlap(p_start bigint, p_amount bigint, p_from bigint, p_to bigint) returns bigint
language sql immutable as $$
  select greatest(0, least(p_start + p_amount, p_to) - greatest(p_start, p_from))
$$;

-- Appends the entries of credits that return to their lot. If the lot has expired they get a replacement, and those of a
-- replacement expire: with a new lifetime each time, credits that are held before every end would never expire.
create or replace function append_refund(
  inout acc accounts, e entries, p_replacement jsonb, out returned entries[], out expires_at timestamptz)
language plpgsql as $$
declare
  lot lots;
  appended record;
begin
  select * into strict lot from lots where account_key = acc.account_key and lot_id = e.lot_id;
  e.to_state := case when lot.expires_at <= e.at then 'expired' else 'available' end;
  appended := append_entry(acc, e, lot.members_only);
  acc := appended.acc;
  returned := array[appended.e];
  if e.to_state = 'available' then
    expires_at := lot.expires_at;
  elsif lot.replaces_lot_id is null then
    lot := insert_replacement(lot, e.amount, e.at, p_replacement);
    expires_at := lot.expires_at;
    e.lot_id := lot.lot_id;
    e.from_state := 'issued';
    e.to_state := 'available';
    appended := append_entry(acc, e, lot.members_only);
    acc := appended.acc;
    returned := returned || appended.e;
  end if;
end $$;

-- Spends from the front of what a hold still holds, and returns credits from its end. Writes no entries.
create or replace function settle_draws(
  inout acc accounts, hold holds, p_key text, p_at timestamptz, p_spend bigint, p_refund bigint, p_reason text,
  p_replacement jsonb, out settled entries[], out next_expiry timestamptz)
language plpgsql as $$
declare
  draw jsonb;
  amount bigint;
  place bigint := 0;
  refund_end bigint := hold.amount - hold.refunded;
  e entries;
  step record;
begin
  e.from_state := 'held';
  e.operation := hold.operation;
  e.generation := hold.generation;
  e.api_key := hold.api_key;
  e.operation_key := p_key;
  e.at := p_at;
  for draw in select jsonb_array_elements(hold.draws) loop
    amount := (draw->>'amount')::bigint;
    e.lot_id := (draw->>'lot')::bigint;
    e.amount := overlap(place, amount, hold.spent, hold.spent + p_spend);
    if e.amount > 0 then
      e.to_state := 'spent';
      e.reason := 'commit';
      -- Held credits are in no sum of members-only credits, so false is right for every lot.
      step := append_entry(acc, e, false);
      acc := step.acc;
      settled := settled || step.e;
    end if;
    e.amount := overlap(place, amount, refund_end - p_refund, refund_end);
    if e.amount > 0 then
      e.reason := p_reason;
      step := append_refund(acc, e, p_replacement);
      acc := step.acc;
      settled := settled || step.returned;
      next_expiry := least(next_expiry, step.expires_at);
    end if;
    place := place + amount;
  end loop;
end $$;
