-- The campaign's row is locked first, then the accounts, always in the same order.
create or replace function grant_campaign_lots(p jsonb) returns jsonb language plpgsql as $$
declare
  camp campaigns;
  acc accounts;
  lot jsonb;
  put record;
  given bigint := 0;
begin
  select * into strict camp from campaigns
    where product = p->>'product' and campaign = p->>'campaign' for update;
  if camp.state = 'paused' then
    return jsonb_build_object('state', camp.state, 'granted', camp.granted);
  end if;
  perform lock_accounts(p->'lots');
  for lot in select * from jsonb_array_elements(p->'lots') loop
    if begin_command((lot->>'account')::uuid, p->>'key', p->>'key') is null then
      select * into acc from accounts where account_key = (lot->>'account')::uuid;
      acc := post_expiries(acc, (lot->>'at')::timestamptz);
      put := insert_lot(acc, p->>'key', (lot->>'at')::timestamptz, lot);
      perform finish_command(put.acc, p->>'key', p->>'key', (lot->>'at')::timestamptz, '{}');
      given := given + 1;
    end if;
  end loop;
  update campaigns set granted = granted + given where product = camp.product and campaign = camp.campaign;
  if jsonb_typeof(p->'round') = 'object' then
    update campaigns set position = (p->'round'->>'position')::uuid, state = p->'round'->>'state',
      looked_at = case when camp.position is null then 0 else looked_at end + (p->'round'->>'looked_at')::bigint
      where product = camp.product and campaign = camp.campaign;
  end if;
  select * into strict camp from campaigns where product = camp.product and campaign = camp.campaign;
  return jsonb_build_object('state', camp.state, 'granted', camp.granted);
end $$;
