-- How each act begins and ends. begin_command locks the account's row, which orders all acts on an account, and idempotent_responses
-- what ends the act at once: a refusal, or the first result of a known key. finish_command stores the sums and the result.

create or replace function refusal(p_code text, p_fields jsonb default '{}') returns jsonb
language sql immutable as $$
  select jsonb_build_object('refusal', jsonb_build_object('code', p_code) || p_fields)
$$;

create or replace function iso(p_at timestamptz) returns text language sql stable as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- What ends an act at once: a refusal, or the first result of a known key; null when it may go on.
create or replace function early_result(acc accounts, p_known_fingerprint text, p_known jsonb, p_fingerprint text)
returns jsonb language sql stable as $$
  select case
    when acc.account_key is null then refusal('not_found', '{"detail": "There is no such account."}')
    when p_known_fingerprint = p_fingerprint then p_known || '{"replayed": true}'
    when p_known_fingerprint is not null then refusal('idempotency_key_reused')
    when acc.closed_at is not null then refusal('account_closed')
  end
$$;

-- All accounts that a batch of acts is about, always in the same order, so that two batches never wait for each other.
create or replace function lock_accounts(p_acts jsonb) returns void language plpgsql as $$
begin
  perform 1 from accounts
    where account_key = any (array(select (act->>'account')::uuid from jsonb_array_elements(p_acts) act))
    order by account_key for update;
end $$;

create or replace function begin_command(p_account uuid, p_key text, p_fingerprint text) returns jsonb
language plpgsql as $$
declare
  acc accounts;
  known_fingerprint text;
  known jsonb;
begin
  select * into acc from accounts where account_key = p_account for update;
  select fingerprint, result into known_fingerprint, known
    from idempotency_records where account_key = p_account and operation_key = p_key;
  return early_result(acc, known_fingerprint, known, p_fingerprint);
end $$;

create or replace function is_member(acc accounts, p_at timestamptz) returns boolean language sql immutable as $$
  select coalesce(acc.member_until > p_at, false)
$$;

create or replace function totals_view(p_available bigint, p_held bigint, p_frozen bigint, p_next_expiry timestamptz)
returns jsonb language sql stable as $$
  select jsonb_build_object(
    'available', p_available, 'held', p_held, 'frozen', p_frozen, 'next_expiry', iso(p_next_expiry))
$$;

create or replace function totals(acc accounts, p_at timestamptz) returns jsonb language plpgsql stable as $$
declare
  due bigint := 0;
  due_members_only bigint := 0;
  frozen bigint := 0;
  next_expiry timestamptz;
begin
  select expires_at into next_expiry from lots
    where account_key = acc.account_key and spendable and expires_at is not null order by expires_at limit 1;
  if next_expiry <= p_at then
    select sum(available), coalesce(sum(available) filter (where members_only), 0) into due, due_members_only
      from lots where account_key = acc.account_key and spendable and expires_at <= p_at;
    select min(expires_at) into next_expiry
      from lots where account_key = acc.account_key and spendable and expires_at > p_at;
  end if;
  if not is_member(acc, p_at) then
    frozen := acc.available_members_only - due_members_only;
  end if;
  return totals_view(acc.available - due - frozen, acc.held, frozen, next_expiry);
end $$;

create or replace function finish_command(acc accounts, p_key text, p_fingerprint text, p_at timestamptz, p_result jsonb)
returns jsonb language plpgsql as $$
declare
  result jsonb := p_result || jsonb_build_object('totals', totals(acc, p_at));
begin
  update accounts set
    available = acc.available, available_members_only = acc.available_members_only, held = acc.held,
    last_entry = acc.last_entry, head = acc.head
    where account_key = acc.account_key;
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    values (acc.account_key, p_key, p_fingerprint, result);
  return result;
end $$;
