create or replace function insert_lot(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out lot lots)
language plpgsql as $$
declare
  e entries;
begin
  insert into lots (account_key, source, granted, available, granted_at, expires_at, members_only, spend_key,
                    origin_type, origin_id, terms)
    values (acc.account_key, p->>'source', (p->>'amount')::bigint, (p->>'amount')::bigint, p_at,
            (p->>'expires_at')::timestamptz, (p->>'members_only')::boolean, p->>'spend_key',
            p->'origin'->>'type', p->'origin'->>'id', p->'terms')
    returning * into lot;
  e.lot_id := lot.lot_id;
  e.from_state := 'issued';
  e.to_state := 'available';
  e.amount := lot.granted;
  e.reason := p->>'reason';
  e.api_key := p->>'api_key';
  e.operation_key := p_key;
  e.at := p_at;
  acc := post_entry(acc, e);
  if acc.debt > 0 then
    acc := pay_debt(acc, lot.lot_id, p_key, p_at);
    select * into strict lot from lots where account_key = acc.account_key and lot_id = lot.lot_id;
  end if;
  perform emit_grant(acc, lot, e.reason);
end $$;

create or replace function grant_lot(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  put record;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  acc := post_expiries(acc, p_at);
  put := insert_lot(acc, p_key, p_at, p);
  return finish_command(put.acc, p_key, p_fingerprint, p_at,
    jsonb_build_object('lot', lot_view(put.lot, put.acc, p_at)));
end $$;
