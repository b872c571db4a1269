-- Records a report of a defective generation, and allows one more correction than were made if the product corrects defects:
-- repeated reports allow no more than one.
create or replace function report_defect(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  made bigint;
  allowed integer;
begin
  select used into made from counters
    where account_key = acc.account_key and counter = 'correction/' || (p->>'generation') and period = 'ever';
  update holds
    set corrections_allowed = case when (p->>'corrects')::boolean then greatest(corrections_allowed, coalesce(made, 0) + 1) else 0 end
    where account_key = acc.account_key and generation = p->>'generation'
    returning corrections_allowed into allowed;
  if allowed is null then
    result := not_found('generation');
    return;
  end if;
  insert into defect_reports (account_key, generation, items, reason, at)
    select acc.account_key, p->>'generation', (select array_agg(i::integer) from jsonb_array_elements_text(p->'items') i), p->>'reason', p_at;
  result := jsonb_build_object('corrections', jsonb_build_object('allowed', allowed, 'used', coalesce(made, 0)));
end $$;
