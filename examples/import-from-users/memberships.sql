select id, id as account, plan,
  to_char(member_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as anchor,
  to_char(paid_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as paid_through
from users where plan is not null
