-- Commands on generations are many, so one call runs a batch of them: [{account, key, fingerprint, at, generation, …}].

-- Locks every account of a batch, always in the same order, so that two batches cannot deadlock.
create or replace function lock_accounts(p_commands jsonb) returns void language plpgsql as $$
begin
  perform 1 from accounts
    where account_key = any (array(select (c->>'account')::uuid from jsonb_array_elements(p_commands) c))
    order by account_key for update;
end $$;

-- The commands of a batch with the rows that they need, in one query. input has the command's fields of a hold.
create or replace function load_batch(p_commands jsonb) returns table (
  n bigint, command jsonb, account_key uuid, key text, fingerprint text, at timestamptz, input holds, account accounts,
  held holds, early jsonb, next_expiry timestamptz)
language sql stable as $$
  select c.n, c.command, c.account_key, c.key, c.fingerprint, c.at, jsonb_populate_record(null::holds, c.command),
    a.account, h.held, early_result(a.account, r.known, c.fingerprint), x.next_expiry
  from (
    select n, command, (command->>'account')::uuid as account_key, command->>'key' as key,
      command->>'fingerprint' as fingerprint, (command->>'at')::timestamptz as at, command->>'generation' as generation
    from jsonb_array_elements(p_commands) with ordinality as t(command, n)
  ) c
  left join lateral (select a as account from accounts a where a.account_key = c.account_key offset 0) a on true
  left join lateral (select r as known from idempotency_records r
    where r.account_key = c.account_key and r.operation_key = c.key offset 0) r on true
  left join lateral (select h as held from holds h
    where h.account_key = c.account_key and h.generation = c.generation offset 0) h on true
  left join lateral next_lot_expiry(c.account_key) x(next_expiry) on true
$$;

-- Writes what a batch changed besides its holds.
create or replace function finish_batch(p_accounts accounts[], p_entries entries[], p_results idempotency_records[])
returns void language plpgsql as $$
begin
  perform insert_entries(p_entries);
  perform save_sums(p_accounts);
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    select account_key, operation_key, fingerprint, result from unnest(p_results);
end $$;
