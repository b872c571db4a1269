-- The prologue and epilogue of commands. db/core/command.ts calls begin_command, then the command's own function, then
-- finish_command, in one statement. A command's function takes (acc, key, at, arguments) and returns (acc, result).

-- The result of a command that must not run: a refusal, or the first result of a known operation key. Null if it may run.
create or replace function early_result(acc accounts, known idempotency_records, p_fingerprint text) returns jsonb
language sql stable as $$
  select case
    when acc.account_key is null then not_found('account')
    when known.fingerprint = p_fingerprint then known.result || '{"replayed": true}'
    when known.fingerprint is not null then refusal('idempotency_key_reused')
    when acc.closed_at is not null then refusal('account_closed')
  end
$$;

-- Locks the account, which orders all commands on it. p_closed: the command runs on a closed account too.
create or replace function begin_command(
  p_account uuid, p_key text, p_fingerprint text, p_closed boolean, out acc accounts, out early jsonb)
language plpgsql as $$
declare
  known idempotency_records;
  asked accounts;
begin
  select * into acc from accounts where account_key = p_account for update;
  select * into known from idempotency_records where account_key = p_account and operation_key = p_key;
  asked := acc;
  if p_closed then
    asked.closed_at := null;
  end if;
  early := early_result(asked, known, p_fingerprint);
end $$;

-- Stores the account's sums and the result. A refused command wrote nothing, and may be repeated.
create or replace function finish_command(acc accounts, p_key text, p_fingerprint text, p_at timestamptz, p_result jsonb)
returns jsonb language plpgsql as $$
declare
  result jsonb;
begin
  if p_result ? 'refusal' then
    return p_result;
  end if;
  result := p_result || jsonb_build_object('totals', totals(acc, p_at));
  perform save_sums(array[acc]);
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    values (acc.account_key, p_key, p_fingerprint, result);
  return result;
end $$;

-- Stores a further operation key of a running command. Returns false if the key was stored before.
create or replace function claim_key(p_account uuid, p_key text, p_fingerprint text) returns boolean language plpgsql as $$
begin
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    values (p_account, p_key, p_fingerprint, '{}') on conflict do nothing;
  return found;
end $$;
