-- The next lot in spending order after a position. One at a time: most generations draw from one lot, and PostgreSQL
-- would sort all lots first if asked for them together.
create or replace function next_lot(p_account uuid, p_member boolean, p_spend_key text, p_lot_id bigint)
returns setof lots language sql stable as $$
  select * from lots
  where account_key = p_account and spendable and (p_member or not members_only)
    and (spend_key, lot_id) > (p_spend_key, p_lot_id)
  order by spend_key, lot_id limit 1
$$;

-- Draws credits for a hold from lots in spending order, beginning with lot. Writes nothing: lot.available counts draws
-- whose entries are not written yet. emptied is true if a lot that expires at p_next_expiry was drawn empty.
create or replace function draw_lots(
  inout acc accounts, inout lot lots, hold holds, p_amount bigint, p_reason text, p_key text, p_at timestamptz,
  p_member boolean, p_next_expiry timestamptz, out draws jsonb, out drawn entries[], out emptied boolean)
language plpgsql as $$
declare
  e entries;
  appended record;
  remaining bigint := p_amount;
begin
  draws := '[]';
  emptied := false;
  e.from_state := 'available';
  e.to_state := 'held';
  e.reason := p_reason;
  e.operation := hold.operation;
  e.generation := hold.generation;
  e.api_key := hold.api_key;
  e.operation_key := p_key;
  e.at := p_at;
  while remaining > 0 loop
    if lot.available = 0 then
      select * into lot from next_lot(acc.account_key, p_member, lot.spend_key, lot.lot_id);
    end if;
    if lot.lot_id is null then
      raise exception 'account % lacks % credits that its sums promise', acc.account_key, remaining;
    end if;
    e.lot_id := lot.lot_id;
    e.amount := least(lot.available, remaining);
    appended := append_entry(acc, e, lot.members_only);
    acc := appended.acc;
    drawn := drawn || appended.e;
    draws := draws || jsonb_build_object('lot', lot.lot_id::text, 'source', lot.source, 'amount', e.amount);
    remaining := remaining - e.amount;
    lot.available := lot.available - e.amount;
    emptied := emptied or coalesce(lot.available = 0 and lot.expires_at = p_next_expiry, false);
  end loop;
end $$;

-- The draws of a hold with further ones before what was refunded: deliveries spend from the front, and refunds came from the
-- end.
create or replace function insert_draws(hold holds, p_new jsonb) returns jsonb language sql immutable as $$
  with placed as (
    select n, draw, (draw->>'amount')::bigint as amount,
      sum((draw->>'amount')::bigint) over (order by n) - (draw->>'amount')::bigint as place
    from jsonb_array_elements(hold.draws) with ordinality as t(draw, n)
  ), split as (
    select n, draw, amount, least(amount, greatest(0, hold.amount - hold.refunded - place)) as front from placed
  )
  select coalesce(jsonb_agg(draw || jsonb_build_object('amount', front) order by n) filter (where front > 0), '[]')
    || p_new
    || coalesce(jsonb_agg(draw || jsonb_build_object('amount', amount - front) order by n) filter (where front < amount),
         '[]')
    from split
$$;

-- Draws credits for a hold that exists, and writes the entries. The caller has written all earlier ones.
create or replace function draw_more(
  inout acc accounts, inout hold holds, p_amount bigint, p_reason text, p_key text, p_at timestamptz,
  out next_expiry timestamptz)
language plpgsql as $$
declare
  lot lots;
  drawn record;
begin
  if p_amount > 0 then
    select * into lot from next_lot(acc.account_key, is_member(acc, p_at), '', 0);
    drawn := draw_lots(acc, lot, hold, p_amount, p_reason, p_key, p_at, is_member(acc, p_at), null);
    acc := drawn.acc;
    perform insert_entries(drawn.drawn);
    hold.draws := insert_draws(hold, drawn.draws);
    hold.amount := hold.amount + p_amount;
  end if;
  next_expiry := (select x from next_lot_expiry(acc.account_key) x);
end $$;
