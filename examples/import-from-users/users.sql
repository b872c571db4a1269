create table users (
  id text primary key,
  email text,
  plan text,
  credits integer not null,
  monthly_credits integer,
  used_this_month integer not null default 0,
  member_since timestamptz,
  month_started_at timestamptz,
  paid_until timestamptz
);
insert into users values
  ('u-17', 'ada@example.com', 'membership', 40, 300, 120, '2026-08-31T09:00:00Z', '2026-10-31T09:00:00Z', '2026-11-30T09:00:00Z'),
  ('u-18', 'bob@example.com', null, 25, null, 0, null, null, null),
  ('u-19', 'cal@example.com', null, 0, null, 0, null, null, null);
