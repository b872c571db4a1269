create or replace function revoke(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  lot record;
  e entries;
  wanted bigint := (p->>'amount')::bigint;
  there bigint;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  select coalesce(sum(available), 0) into there from lots
    where account_key = p_account and source = p->>'source' and spendable and coalesce(expires_at > p_at, true);
  if there < wanted then
    return refusal('insufficient_credits', jsonb_build_object('required', wanted, 'available', there, 'frozen', 0));
  end if;
  acc := post_expiries(acc, p_at);
  e.from_state := 'available';
  e.to_state := 'revoked';
  e.reason := p->>'reason';
  e.api_key := p->>'api_key';
  e.operation_key := p_key;
  e.at := p_at;
  for lot in
    select lot_id, available from lots where account_key = p_account and source = p->>'source' and spendable
    order by spend_key desc, lot_id desc
  loop
    exit when wanted = 0;
    e.lot_id := lot.lot_id;
    e.amount := least(lot.available, wanted);
    wanted := wanted - e.amount;
    acc := post_entry(acc, e);
  end loop;
  return finish_command(acc, p_key, p_fingerprint, p_at, '{}');
end $$;
