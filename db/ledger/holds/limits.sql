-- Usage counters behind limits. A reservation brings the name, period, amount and limit of each counter: SQL knows no
-- policy. Counters change under the account's lock, and only where a limit exists.

-- The refusal of the first limit that the usage would exceed; null if there is none.
create or replace function limit_refusal(p_account uuid, p_limits jsonb) returns jsonb language sql stable as $$
  select jsonb_build_object('refusal',
      jsonb_build_object('limit', l->'limit') || (l->'refusal') || jsonb_build_object('used', coalesce(c.used, 0)))
    from jsonb_array_elements(p_limits) with ordinality as t(l, n)
    left join counters c
      on c.account_key = p_account and c.counter = l->>'counter' and c.period = l->>'period'
    where coalesce(c.used, 0) + (l->>'amount')::bigint > (l->>'limit')::bigint
    order by n limit 1
$$;

create or replace function increment_usage(p_account uuid, p_usage jsonb) returns void language sql as $$
  insert into counters as c (account_key, counter, period, used)
    select p_account, l->>'counter', l->>'period', (l->>'amount')::bigint from jsonb_array_elements(p_usage) l
    on conflict (account_key, counter, period) do update set used = c.used + excluded.used
$$;

-- Takes a settled hold's usage off its counters: per output, the share of the undelivered outputs; otherwise all of it,
-- if nothing was delivered.
create or replace function decrement_usage(hold holds, p_returned bigint) returns void language sql as $$
  update counters c set used = used - back.amount
    from (
      select l->>'counter' as counter, l->>'period' as period,
             case when l->>'per' = 'output' then (l->>'amount')::bigint * p_returned / hold.outputs
                  when hold.state in ('refunded', 'cancelled', 'timed_out') then (l->>'amount')::bigint
                  else 0 end as amount
      from jsonb_array_elements(hold.usage) l) back
    where c.account_key = hold.account_key and c.counter = back.counter and c.period = back.period
      and back.amount > 0
$$;
