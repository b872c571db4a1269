-- Makes the repairs of an audit, in their order, and grants its bonus. First the records are made to agree, then the
-- account's sums are recomputed, then entries move credits. Fails if the account has changed since the audit.
create or replace function repair_ledger(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
declare
  repair jsonb;
  of_records constant text[] := '{seal,reseal,rebuild,recompute}';
  audit_id text := p->>'audit';
  bonus bigint := 0;
begin
  if acc.last_entry <> (p->>'last_entry')::bigint then
    raise exception 'the ledger changed since the audit %', audit_id;
  end if;
  if p->>'approved_by' is not null and is_declined(acc.account_key, 'audit', audit_id) then
    result := refusal('approval_decided', '{"state": "declined"}');
    return;
  end if;
  perform approve_audit(acc.account_key, audit_id, p->>'approved_by', p_at);
  for repair in select r from jsonb_array_elements(p->'repairs') r where r->>'do' = any (of_records) loop
    acc := repair_records(acc, p_at, audit_id, repair);
  end loop;
  if jsonb_array_length(p->'repairs') > 0 then
    acc := recompute_sums(acc);
  end if;
  for repair in select r from jsonb_array_elements(p->'repairs') r where r->>'do' <> all (of_records || 'sums'::text) loop
    case repair->>'do'
      when 'balance' then
        acc := add_balancing_entries(
          acc, (repair->>'lot')::bigint, repair->>'key', p_key, p_at, audit_id, repair->>'reason');
      when 'release' then acc := release_orphaned_hold(acc, p_key, p_at, repair);
      when 'cover' then acc := update_membership_period(acc, p_at, (repair->>'until')::timestamptz);
      else acc := correct_lot(acc, p_key, p_at, audit_id, repair);
    end case;
  end loop;
  if jsonb_typeof(p->'bonus') = 'object' then
    if claim_key(acc.account_key, p->'bonus'->>'key', audit_id) then
      bonus := (p->'bonus'->>'amount')::bigint;
      acc := (insert_lot(acc, p_key, p_at, p->'bonus' || jsonb_build_object('reason', 'audit_bonus',
        'origin', jsonb_build_object('type', 'audit', 'id', audit_id)))).acc;
    end if;
  end if;
  result := jsonb_build_object('bonus', bonus);
end $$;

-- Records who approved an audit, if it needed an approval.
create or replace function approve_audit(p_account uuid, p_audit text, p_approved_by text, p_at timestamptz) returns void
language sql as $$
  with approved as (
    update approvals set approved_by = p_approved_by, approved_at = p_at
      where account_key = p_account and kind = 'audit' and subject = p_audit and p_approved_by is not null
      returning approval
  )
  select claim_key(p_account, 'approval/' || approval, approval) from approved
$$;
