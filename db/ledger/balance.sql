-- Balances of many accounts, each at its own time: present ones from the lots' columns, past ones by adding up entries.
create or replace function balances(p_accounts uuid[], p_ats timestamptz[], p_past boolean[])
returns table (n bigint, balance jsonb) language sql stable as $$
  with asked as (
    select a.*, exists (select from membership_periods m
        where m.account_key = a.account_key and m.started_at <= a.at and a.at < m.ended_at) as member
    from unnest(p_accounts, p_ats, p_past) with ordinality as a(account_key, at, past, n)
  ), positions as (
    select a.n, a.at, a.member, l.source, l.expires_at, l.members_only, l.available::numeric, l.held::numeric
    from asked a join lots l using (account_key) where not a.past and (l.spendable or l.held > 0)
    union all
    select a.n, a.at, a.member, l.source, l.expires_at, l.members_only, p.available, p.held
    from asked a
    cross join lateral (
      select e.lot_id,
        coalesce(sum(e.amount) filter (where e.to_state = 'available'), 0)
          - coalesce(sum(e.amount) filter (where e.from_state = 'available'), 0) as available,
        coalesce(sum(e.amount) filter (where e.to_state = 'held'), 0)
          - coalesce(sum(e.amount) filter (where e.from_state = 'held'), 0) as held
      from entries e where e.account_key = a.account_key and e.at <= a.at group by e.lot_id
    ) p
    join lots l on l.account_key = a.account_key and l.lot_id = p.lot_id
    where a.past
  ), live as (
    select n, source, held, members_only and not member as frozen,
      case when expires_at <= at then 0 else available end as open, expires_at
    from positions
  ), per_source as (
    select n, source, coalesce(sum(open) filter (where not frozen), 0) as available, sum(held) as held,
      coalesce(sum(open) filter (where frozen), 0) as frozen
    from live group by n, source
  ), sums as (
    select n, sum(available) as available, sum(held) as held, sum(frozen) as frozen,
      jsonb_object_agg(source, jsonb_build_object('available', available, 'held', held, 'frozen', frozen)) as by_source
    from per_source group by n
  ), next_expiries as (
    select distinct on (n) n, expires_at, sum(open) as amount from live where open > 0 and expires_at is not null
    group by n, expires_at order by n, expires_at
  )
  select a.n, jsonb_build_object(
    'as_of', iso(a.at), 'debt', c.debt,
    'available', coalesce(s.available, 0), 'held', coalesce(s.held, 0), 'frozen', coalesce(s.frozen, 0),
    'by_source', coalesce(s.by_source, '{}'),
    'next_expiry', case when x.expires_at is not null then
      jsonb_build_object('at', iso(x.expires_at), 'amount', x.amount) end)
  from asked a
  left join accounts c using (account_key)
  left join sums s using (n)
  left join next_expiries x using (n)
$$;
