-- Allows one more correction of a defective generation than were made: repeated reports allow no more than one.
create or replace function report_defect(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  made bigint;
  allowed integer;
begin
  select used into made from counters
    where account_key = acc.account_key and counter = 'correction/' || (p->>'generation') and period = 'ever';
  update holds set corrections_allowed = greatest(corrections_allowed, coalesce(made, 0) + 1)
    where account_key = acc.account_key and generation = p->>'generation'
    returning corrections_allowed into allowed;
  result := case when allowed is null then not_found('generation') else jsonb_build_object(
    'corrections', jsonb_build_object('allowed', allowed, 'used', coalesce(made, 0))) end;
end $$;
