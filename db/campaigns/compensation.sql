create or replace function insert_lots(inout acc accounts, p_key text, p_at timestamptz, p_lots jsonb, out views jsonb)
language plpgsql as $$
declare
  lot jsonb;
  inserted record;
begin
  views := '[]';
  acc := post_expiries(acc, p_at);
  for lot in select * from jsonb_array_elements(p_lots) loop
    inserted := insert_lot(acc, p_key, p_at, lot);
    acc := inserted.acc;
    views := views || jsonb_build_array(lot_view(inserted.lot, acc, p_at));
  end loop;
end $$;

-- Records a compensation, and grants it at once unless it needs an approval.
create or replace function compensate(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  granted record;
begin
  insert into compensations (account_key, compensation, generation, cause, lost, bonus, reason, asked_at, given_at)
    values (acc.account_key, p->>'compensation', p->>'generation', p->>'cause', (p->>'lost')::bigint,
            (p->>'bonus')::bigint, p->>'reason', p_at, case when p->>'approval' is null then p_at end);
  if p->>'approval' is not null then
    insert into approvals (account_key, approval, product, kind, subject, asked_by, asked_at)
      values (acc.account_key, p->>'approval', p->>'product', 'compensation', p->>'compensation', p->>'asked_by', p_at);
    result := '{"lots": []}';
    return;
  end if;
  perform queue_emails(acc, p_at, p->'emails');
  granted := insert_lots(acc, p_key, p_at, p->'lots');
  acc := granted.acc;
  result := jsonb_build_object('lots', granted.views);
end $$;

create or replace function approve_compensation(
  inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  granted record;
begin
  if is_declined(acc.account_key, 'compensation', p->>'compensation') then
    result := refusal('approval_decided', '{"state": "declined"}');
    return;
  end if;
  update approvals set approved_by = p->>'approved_by', approved_at = p_at
    where account_key = acc.account_key and approval = p->>'approval';
  update compensations set given_at = p_at
    where account_key = acc.account_key and compensation = p->>'compensation';
  perform queue_emails(acc, p_at, p->'emails');
  granted := insert_lots(acc, p_key, p_at, p->'lots');
  acc := granted.acc;
  result := jsonb_build_object('lots', granted.views);
end $$;
