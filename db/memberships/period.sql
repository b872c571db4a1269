create or replace function update_membership_period(p_account uuid, p_at timestamptz, p_until timestamptz) returns accounts
language plpgsql as $$
declare
  acc accounts;
  period membership_periods;
  until timestamptz := p_until;
begin
  select * into period from membership_periods where account_key = p_account order by started_at desc limit 1;
  if period.ended_at >= p_at then
    update membership_periods set ended_at = greatest(until, period.started_at)
      where account_key = p_account and started_at = period.started_at;
  elsif until > p_at then
    insert into membership_periods values (p_account, p_at, until);
  end if;
  update accounts set member_until =
      (select max(ended_at) from membership_periods where account_key = p_account)
    where account_key = p_account
    returning * into acc;
  return acc;
end $$;

create or replace function set_member_until(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  acc := update_membership_period(p_account, p_at, greatest((p->>'until')::timestamptz, p_at));
  return finish_command(acc, p_key, p_fingerprint, p_at, jsonb_build_object('member_until', iso(acc.member_until)));
end $$;
