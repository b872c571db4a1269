-- Returns what adjustments by support took to its lots, each adjustment once, grants the bonus for them, and tells the customer.
create or replace function restore_adjustments(
  inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  taken text;
begin
  acc := post_expiries(acc, p_at);
  for taken in
    select distinct cause from clawbacks where account_key = acc.account_key and p->'causes' ? cause order by cause
  loop
    acc := restore_clawback(acc, p_key, p_at, p || jsonb_build_object('cause', taken));
  end loop;
  if jsonb_typeof(p->'bonus') = 'object' and taken is not null then
    acc := (insert_lot(acc, p_key, p_at, p->'bonus' || jsonb_build_object('reason', 'audit_bonus',
      'origin', jsonb_build_object('type', 'audit', 'id', p->>'audit')))).acc;
  end if;
  if taken is not null then
    perform queue_emails(acc, p_at, p->'emails');
  end if;
  result := '{}';
end $$;
