-- The next lot in spending order after a position. One at a time: most generations draw from one lot, and PostgreSQL
-- would sort all lots first if asked for them together.
create or replace function next_lot(p_account uuid, p_member boolean, p_spend_key text, p_lot_id bigint)
returns setof lots language sql stable as $$
  select * from lots
  where account_key = p_account and spendable and (p_member or not members_only)
    and (spend_key, lot_id) > (p_spend_key, p_lot_id)
  order by spend_key, lot_id limit 1
$$;

-- Draws the cost of a hold from lots in spending order, beginning with lot. Writes nothing: lot.available counts draws
-- whose entries are not written yet. emptied is true if a lot that expires at p_next_expiry was drawn empty.
create or replace function draw_lots(
  inout acc accounts, inout lot lots, hold holds, p_key text, p_member boolean, p_next_expiry timestamptz,
  out draws jsonb, out drawn entries[], out emptied boolean)
language plpgsql as $$
declare
  e entries;
  appended record;
  remaining bigint := hold.cost;
begin
  draws := '[]';
  emptied := false;
  e.from_state := 'available';
  e.to_state := 'held';
  e.reason := 'reserve';
  e.operation := hold.operation;
  e.generation := hold.generation;
  e.api_key := hold.api_key;
  e.operation_key := p_key;
  e.at := hold.reserved_at;
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
