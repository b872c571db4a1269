-- Applies the lots of an import for the next accounts, in one transaction with the position that it reaches. Accounts that do
-- not exist are created. Nothing is emitted: the customers have had these credits. Lots, entries and sums are collected and
-- written at the end, since writes per row cost most. Without statistics a scan would look cheap.
create or replace function import_accounts(p_product text, p_import text, p_limit bigint, out accounts bigint, out made bigint)
language plpgsql set enable_seqscan = off as $$
declare
  running imports;
  keys uuid[];
  acc accounts;
  r record;
  lot lots;
  written record;
  changed accounts[];
  new_lots lots[];
  new_entries entries[];
  records imported_records[];
  command text := 'import/' || p_import;
begin
  select * into strict running from imports where product = p_product and import = p_import for update;
  keys := array(select distinct account_key from import_rows
    where product = p_product and import = p_import
      and account_key > coalesce(running.position, '00000000-0000-0000-0000-000000000000')
    order by account_key limit p_limit);
  accounts := cardinality(keys);
  perform create_imported_accounts(running, keys);
  for r in
    select w.id, w.account_key, w.fingerprint, jsonb_populate_record(null::lots, w.record) as lot,
      (w.record->>'left')::bigint as still_left
    from import_rows w
    where w.product = p_product and w.import = p_import and w.account_key = any (keys) and w.kind = 'lots'
      and not exists (select from imported_records k where k.product = p_product and k.kind = 'lots' and k.id = w.id)
    order by w.account_key, (w.record->>'granted_at')::timestamptz, w.id
  loop
    if acc.account_key is distinct from r.account_key then
      changed := changed || acc;
      select a.* into strict acc from accounts a where a.account_key = r.account_key and a.closed_at is null;
    end if;
    lot := r.lot;
    lot.account_key := acc.account_key;
    lot.lot_id := nextval(pg_get_serial_sequence('lots', 'lot_id'));
    written := import_entry(acc, lot, 'issued', 'available', lot.granted, command, lot.granted_at);
    acc := written.acc;
    new_entries := new_entries || written.e;
    if r.still_left < lot.granted then
      written := import_entry(acc, lot, 'available', 'spent', lot.granted - r.still_left, command, running.as_of);
      acc := written.acc;
      new_entries := new_entries || written.e;
    end if;
    new_lots := new_lots || lot;
    records := records
      || row(p_product, 'lots', r.id, p_import, r.fingerprint, r.account_key, lot.lot_id, null)::imported_records;
  end loop;
  changed := changed || acc;
  insert into lots (account_key, lot_id, source, granted, available, granted_at, expires_at, members_only, spend_key,
                    origin_type, origin_id, terms)
    overriding system value
    select account_key, lot_id, source, granted, granted, granted_at, expires_at, members_only, spend_key, origin_type,
      origin_id, terms from unnest(new_lots);
  perform insert_entries(new_entries);
  perform save_sums(changed);
  insert into imported_records select * from unnest(records);
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    select account_key, command, running.digest, '{}' from unnest(changed) where account_key is not null
    on conflict do nothing;
  perform pay_debts_from(new_lots, command, running.as_of);
  made := coalesce(cardinality(new_lots), 0);
  update imports set position = keys[accounts] where product = p_product and import = p_import and accounts > 0;
end $$;

-- An entry of an imported lot, applied to the account's sums. Writes nothing.
create or replace function import_entry(
  inout acc accounts, p_lot lots, p_from credit_state, p_to credit_state, p_amount bigint, p_key text, p_at timestamptz,
  out e entries) language plpgsql as $$
declare
  appended record;
begin
  e.lot_id := p_lot.lot_id;
  e.from_state := p_from;
  e.to_state := p_to;
  e.amount := p_amount;
  e.reason := 'import';
  e.operation_key := p_key;
  e.at := p_at;
  appended := append_entry(acc, e, p_lot.members_only);
  acc := appended.acc;
  e := appended.e;
end $$;

-- Pays the debts that accounts had before the import, as any grant does.
create or replace function pay_debts_from(p_lots lots[], p_key text, p_at timestamptz) returns void language plpgsql as $$
declare
  owing record;
  acc accounts;
begin
  for owing in
    select l.account_key, l.lot_id from unnest(p_lots) l join accounts a using (account_key) where a.debt > 0
    order by l.account_key, l.lot_id
  loop
    select a.* into strict acc from accounts a where a.account_key = owing.account_key;
    acc := pay_debt(acc, owing.lot_id, p_key, p_at);
    perform save_sums(array[acc]);
  end loop;
end $$;

-- Creates the accounts that are missing, with the fields of their lines, and locks all of them in the order of their keys.
create or replace function create_imported_accounts(p_import imports, p_keys uuid[]) returns void language plpgsql as $$
begin
  insert into accounts (account_key, product, account, email, stripe_customer, time_zone, language, created_at,
                        trial_membership, head)
    select k, p_import.product, n.account, r.record->>'email', r.record->>'stripe_customer',
      coalesce(r.record->>'time_zone', 'UTC'), r.record->>'language',
      coalesce((r.record->>'created_at')::timestamptz, p_import.as_of),
      case when r.record->'had_trial' = 'true' then 'import/' || p_import.import end, sha256(convert_to(k::text, 'UTF8'))
    from unnest(p_keys) k
    cross join lateral (select account from import_rows
      where product = p_import.product and import = p_import.import and account_key = k limit 1) n
    left join lateral (select record from import_rows
      where product = p_import.product and import = p_import.import and account_key = k and kind = 'accounts' limit 1) r
      on true
    order by k
    on conflict (account_key) do nothing;
  perform 1 from accounts where account_key = any (p_keys) order by account_key for update;
end $$;

-- Stores the codes of an import. They belong to no purchase, so each gets the name of one.
create or replace function import_codes(p_product text, p_import text) returns bigint language sql as $$
  with stored as (
    insert into codes (product, code_hash, purchase, issue, secret_version, terms, issued_at)
      select product, decode(id, 'hex'), 'imported_' || left(id, 24), 1, 0, record->'terms', (record->>'issued_at')::timestamptz
      from import_rows where product = p_product and import = p_import and kind = 'codes'
      on conflict do nothing returning code_hash
  ), remembered as (
    insert into imported_records (product, kind, id, import, fingerprint)
      select product, kind, id, import, fingerprint from import_rows
      where product = p_product and import = p_import and kind = 'codes'
      on conflict do nothing
  )
  select count(*) from stored
$$;
