-- Grants a campaign's lots to a batch of accounts, once each, and saves the campaign's progress. Grants nothing while the
-- campaign is paused. Locks the campaign first, then the accounts in order.
create or replace function grant_campaign_lots(p jsonb) returns jsonb language plpgsql as $$
declare
  camp campaigns;
  lot jsonb;
  at timestamptz;
  started record;
  key text := p->>'key';
  granted_now bigint := 0;
begin
  select * into strict camp from campaigns
    where product = p->>'product' and campaign = p->>'campaign' for update;
  if camp.state = 'paused' then
    return jsonb_build_object('state', camp.state, 'granted', camp.granted);
  end if;
  perform lock_accounts(p->'lots');
  for lot in select * from jsonb_array_elements(p->'lots') loop
    at := (lot->>'at')::timestamptz;
    started := begin_command((lot->>'account')::uuid, key, key, false);
    if started.early is null then
      perform finish_command((insert_lot(post_expiries(started.acc, at), key, at, lot)).acc, key, key, at, '{}');
      granted_now := granted_now + 1;
    end if;
  end loop;
  camp.granted := camp.granted + granted_now;
  if jsonb_typeof(p->'round') = 'object' then
    camp.looked_at := case when camp.position is null then 0 else camp.looked_at end + (p->'round'->>'looked_at')::bigint;
    camp.position := (p->'round'->>'position')::uuid;
    camp.state := p->'round'->>'state';
  end if;
  update campaigns set granted = camp.granted, looked_at = camp.looked_at, position = camp.position, state = camp.state
    where product = camp.product and campaign = camp.campaign;
  return jsonb_build_object('state', camp.state, 'granted', camp.granted);
end $$;
