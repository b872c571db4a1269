-- The column has no dates: its credits count from the freeze, and never expire. Those of the month are what the counter leaves.
select id || '-credits' as id, id as account, 'purchased' as source, credits as amount, null as granted,
  '2026-11-20T00:00:00Z' as granted_at, 'never' as expires_at
from users where credits > 0
union all
select id || '-month', id, 'membership', monthly_credits - used_this_month, monthly_credits,
  to_char(month_started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  to_char((month_started_at + interval '30 days') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
from users where monthly_credits > used_this_month
