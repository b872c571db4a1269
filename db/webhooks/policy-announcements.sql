-- Announces a policy version to an account, by event and email; its operation key names the version, so that it is done once.
create or replace function announce_policy(
  inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
begin
  if p->'changes' <> '[]' then
    perform emit_event(acc, 'policy.announced', p->>'version', p_at, p - 'emails');
    perform queue_emails(acc, p_at, p->'emails');
  end if;
  result := '{}';
end $$;
