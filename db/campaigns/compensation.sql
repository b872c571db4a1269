create or replace function insert_lots(inout acc accounts, p_key text, p_at timestamptz, p_lots jsonb, out views jsonb)
language plpgsql as $$
declare
  credits jsonb;
  put record;
begin
  views := '[]';
  acc := post_expiries(acc, p_at);
  for credits in select * from jsonb_array_elements(p_lots) loop
    put := insert_lot(acc, p_key, p_at, credits);
    acc := put.acc;
    views := views || jsonb_build_array(lot_view(put.lot, acc, p_at));
  end loop;
end $$;

create or replace function compensate(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  given record;
  views jsonb := '[]';
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  insert into compensations (account_key, compensation, generation, cause, lost, bonus, reason, asked_at, given_at)
    values (p_account, p->>'compensation', p->>'generation', p->>'cause', (p->>'lost')::bigint, (p->>'bonus')::bigint,
            p->>'reason', p_at, case when p->>'approval' is null then p_at end);
  if p->>'approval' is not null then
    insert into approvals (account_key, approval, product, kind, subject, asked_by, asked_at)
      values (p_account, p->>'approval', p->>'product', 'compensation', p->>'compensation', p->>'asked_by', p_at);
  else
    given := insert_lots(acc, p_key, p_at, p->'lots');
    acc := given.acc;
    views := given.views;
  end if;
  return finish_command(acc, p_key, p_fingerprint, p_at, jsonb_build_object('lots', views));
end $$;

create or replace function approve_compensation(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  given record;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  update approvals set approved_by = p->>'approved_by', approved_at = p_at
    where account_key = p_account and approval = p->>'approval';
  update compensations set given_at = p_at where account_key = p_account and compensation = p->>'compensation';
  given := insert_lots(acc, p_key, p_at, p->'lots');
  return finish_command(given.acc, p_key, p_fingerprint, p_at, jsonb_build_object('lots', given.views));
end $$;
