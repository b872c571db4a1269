create or replace function items_view(p_items jsonb) returns jsonb language sql immutable as $$
  select jsonb_agg(jsonb_build_object('index', key::int, 'ok', value) order by key::int) from jsonb_each(p_items)
$$;

create or replace function generation_view(hold holds, p_account text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', hold.generation, 'account', p_account, 'operation', hold.operation, 'outputs', hold.outputs,
    'state', hold.state, 'unit_cost', hold.unit_cost, 'cost', hold.cost, 'free_trial', hold.free_trial,
    'held', hold.amount - hold.spent - hold.refunded, 'spent', hold.spent, 'refunded', hold.refunded,
    'draws', hold.draws,
    'items', case hold.items when '{}' then '[]' else items_view(hold.items) end,
    'reserved_at', iso(hold.reserved_at), 'deadline', iso(hold.deadline), 'settled_at', iso(hold.settled_at),
    'refusal', hold.refusal, 'metadata', hold.request->'metadata', 'correction_of', hold.request->'correction_of',
    'api_key', hold.api_key,
    'usage_estimate', hold.request->'usage_estimate',
    'usage', coalesce(nullif(hold.metered->'usage', 'null'), hold.metered->'reported'),
    'late', coalesce((hold.rest->>'late')::boolean, false), 'waived', coalesce((hold.metered->>'waived')::bigint, 0),
    'price_lines', hold.metered->'lines')
$$;
