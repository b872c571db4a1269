-- Usage counters behind limits. A reservation brings the name, period, amount and limit of each counter: SQL knows no
-- policy. Counters change under the account's lock, and only where a limit exists.

-- What an account has spent or holds since a time, of which no counter exists yet.
create or replace function used_since(p_account uuid, p_since timestamptz) returns bigint language sql stable as $$
  select coalesce(sum(amount - refunded), 0)::bigint from holds
    where account_key = p_account and reserved_at >= p_since and state <> 'refused'
$$;

-- The refusal of the first limit that the usage would exceed; null if there is none.
create or replace function limit_refusal(p_account uuid, p_limits jsonb) returns jsonb language sql stable as $$
  select jsonb_build_object('refusal',
      jsonb_build_object('limit', l->'limit') || (l->'refusal') || jsonb_build_object('used', u.used))
    from jsonb_array_elements(p_limits) with ordinality as t(l, n)
    left join counters c
      on c.account_key = p_account and c.counter = l->>'counter' and c.period = l->>'period'
    cross join lateral (select coalesce(c.used, used_since(p_account, (l->>'since')::timestamptz)) as used) u
    where u.used + (l->>'amount')::bigint > (l->>'limit')::bigint
    order by n limit 1
$$;

-- Begins the counter of a limit that was set within its period: what was used before counts, and is taken off again as it
-- is refunded.
create or replace function begin_counter(p_account uuid, l jsonb) returns void language plpgsql as $$
begin
  insert into counters (account_key, counter, period, used)
    values (p_account, l->>'counter', l->>'period', used_since(p_account, (l->>'since')::timestamptz))
    on conflict do nothing;
  if found then
    update holds set usage = coalesce(usage, '[]') || jsonb_build_array(jsonb_build_object(
        'counter', l->'counter', 'period', l->'period', 'amount', cost, 'per', 'output'))
      where account_key = p_account and reserved_at >= (l->>'since')::timestamptz and state = 'reserved' and cost > 0;
  end if;
end $$;

create or replace function increment_usage(p_account uuid, p_usage jsonb) returns void language plpgsql as $$
declare
  l jsonb;
begin
  for l in select value from jsonb_array_elements(p_usage) where value ? 'since' loop
    if not exists (select from counters c
        where c.account_key = p_account and c.counter = l->>'counter' and c.period = l->>'period') then
      perform begin_counter(p_account, l);
    end if;
  end loop;
  insert into counters as c (account_key, counter, period, used)
    select p_account, u->>'counter', u->>'period', (u->>'amount')::bigint from jsonb_array_elements(p_usage) u
    on conflict (account_key, counter, period) do update set used = c.used + excluded.used;
end $$;

-- Changes a hold's usage on its counters. Per output: by a number of outputs, or to the credits p_counted from those of
-- before (without them, from all that the reservation counted). Otherwise by a number of uses.
create or replace function change_usage(
  hold holds, p_outputs bigint, p_uses integer, p_counted bigint default null, p_counted_before bigint default null)
returns void language sql as $$
  update counters c set used = c.used + change.amount
    from (
      select l->>'counter' as counter, l->>'period' as period,
        case when l->>'per' <> 'output' then (l->>'amount')::bigint * p_uses
             when p_counted is null then (l->>'amount')::bigint * p_outputs / hold.outputs
             else p_counted - coalesce(p_counted_before, (l->>'amount')::bigint) end as amount
      from jsonb_array_elements(hold.usage) l) change
    where c.account_key = hold.account_key and c.counter = change.counter and c.period = change.period
      and change.amount <> 0
$$;
