-- Inserts a lot with its entry, pays the account's debt from it, and emits `credits.granted`. The caller posted expiries.
create or replace function insert_lot(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out lot lots)
language plpgsql as $$
begin
  insert into lots (account_key, source, granted, available, granted_at, expires_at, members_only, spend_key,
                    origin_type, origin_id, terms)
    values (acc.account_key, p->>'source', (p->>'amount')::bigint, (p->>'amount')::bigint, p_at,
            (p->>'expires_at')::timestamptz, (p->>'members_only')::boolean, p->>'spend_key',
            p->'origin'->>'type', p->'origin'->>'id', p->'terms')
    returning * into lot;
  acc := move_credits(
    acc, lot.lot_id, lot.granted, 'issued', 'available', p->>'reason', p_key, p_at, p->>'api_key');
  if acc.debt > 0 then
    acc := pay_debt(acc, lot.lot_id, p_key, p_at);
    select * into strict lot from lots where account_key = acc.account_key and lot_id = lot.lot_id;
  end if;
  perform emit_grant(acc, lot, p->>'reason');
end $$;

-- A lot for credits that return to an expired lot.
create or replace function insert_replacement(p_expired lots, p_amount bigint, p_at timestamptz, p_replacement jsonb)
returns lots language sql as $$
  insert into lots (account_key, source, granted, available, granted_at, expires_at, members_only, spend_key,
                    origin_type, origin_id, replaces_lot_id, terms)
    values (p_expired.account_key, p_expired.source, p_amount, p_amount, p_at,
            (p_replacement->>'expires_at')::timestamptz, p_expired.members_only,
            p_replacement->'spend_keys'->>p_expired.source, p_expired.origin_type, p_expired.origin_id,
            p_expired.lot_id, p_replacement->'terms')
    returning *
$$;

create or replace function grant_lot(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  inserted record;
begin
  inserted := insert_lot(post_expiries(acc, p_at), p_key, p_at, p);
  acc := inserted.acc;
  result := jsonb_build_object('lot', lot_view(inserted.lot, acc, p_at));
end $$;
