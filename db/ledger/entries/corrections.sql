create or replace function report_defect(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  made bigint;
  allowed integer;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select used into made from counters
    where account_key = p_account and counter = 'correction/' || (p->>'generation') and period = 'ever';
  update holds set corrections_allowed = greatest(corrections_allowed, coalesce(made, 0) + 1)
    where account_key = p_account and generation = p->>'generation'
    returning corrections_allowed into allowed;
  if not found then
    return refusal('not_found', '{"detail": "There is no such generation."}');
  end if;
  select * into acc from accounts where account_key = p_account;
  return finish_command(acc, p_key, p_fingerprint, p_at, jsonb_build_object(
    'corrections', jsonb_build_object('allowed', allowed, 'used', coalesce(made, 0))));
end $$;
