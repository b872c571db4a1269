-- Declines a request that nobody has approved. An audit then ends without the corrections, and a generation may be
-- compensated by another request.
create or replace function decline_approval(
  inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  declined approvals;
begin
  update approvals set declined_by = p->>'declined_by', declined_at = p_at, decline_reason = p->>'reason'
    where account_key = acc.account_key and approval = p->>'approval' and approved_by is null
    returning * into declined;
  if declined.approval is null then
    result := refusal('approval_decided', '{"state": "approved"}');
    return;
  end if;
  if declined.kind = 'compensation' then
    update compensations set declined_at = p_at
      where account_key = acc.account_key and compensation = declined.subject;
  elsif declined.kind = 'audit' then
    update audits set state = 'declined' where account_key = acc.account_key and audit = declined.subject;
    perform queue_emails(acc, p_at, p->'emails');
  end if;
  result := '{}';
end $$;

create or replace function is_declined(p_account uuid, p_kind text, p_subject text) returns boolean
language sql stable as $$
  select exists (select from approvals
    where account_key = p_account and kind = p_kind and subject = p_subject and declined_by is not null)
$$;
