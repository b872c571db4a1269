create or replace function refusal(p_code text, p_fields jsonb default '{}') returns jsonb
language sql immutable as $$
  select jsonb_build_object('refusal', jsonb_build_object('code', p_code) || p_fields)
$$;

create or replace function not_found(p_what text) returns jsonb language sql immutable as $$
  select refusal('not_found', jsonb_build_object('detail', 'There is no such ' || p_what || '.'))
$$;

-- A time as the API writes it: ISO 8601 in UTC, with milliseconds.
create or replace function iso(p_at timestamptz) returns text language sql stable as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
