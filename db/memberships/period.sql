-- Sets until when the account is a member, from p_at on: ends or extends the current period, or starts one.
create or replace function update_membership_period(acc accounts, p_at timestamptz, p_until timestamptz) returns accounts
language plpgsql as $$
declare
  period membership_periods;
begin
  select * into period from membership_periods
    where account_key = acc.account_key order by started_at desc limit 1;
  if period.ended_at >= p_at then
    update membership_periods set ended_at = greatest(p_until, period.started_at)
      where account_key = acc.account_key and started_at = period.started_at;
  elsif p_until > p_at then
    insert into membership_periods (account_key, started_at, ended_at) values (acc.account_key, p_at, p_until);
  end if;
  select max(ended_at) into acc.member_until from membership_periods where account_key = acc.account_key;
  update accounts set member_until = acc.member_until where account_key = acc.account_key;
  return acc;
end $$;

create or replace function set_member_until(inout acc accounts, p_key text, p_at timestamptz, p jsonb, out result jsonb)
language plpgsql as $$
begin
  acc := update_membership_period(acc, p_at, greatest((p->>'until')::timestamptz, p_at));
  result := jsonb_build_object('member_until', iso(acc.member_until));
end $$;
