-- Applies the lots of an import for the next accounts, in one transaction with the position that it reaches. Accounts that do
-- not exist are created. Nothing is emitted: the customers have had these credits.
create or replace function import_accounts(p_product text, p_import text, p_limit bigint, out accounts bigint, out lots bigint)
language plpgsql as $$
declare
  running imports;
  keys uuid[];
  acc accounts;
  r record;
  added record;
  command text := 'import/' || p_import;
begin
  lots := 0;
  select * into strict running from imports where product = p_product and import = p_import for update;
  keys := array(select distinct account_key from import_rows
    where product = p_product and import = p_import
      and account_key > coalesce(running.position, '00000000-0000-0000-0000-000000000000')
    order by account_key limit p_limit);
  accounts := cardinality(keys);
  perform create_imported_accounts(running, keys);
  for r in
    select w.*, (w.record->>'granted_at')::timestamptz as granted_at, (w.record->>'left')::bigint as still_left
    from import_rows w
    where w.product = p_product and w.import = p_import and w.account_key = any (keys) and w.kind = 'lots'
      and not exists (select from imported_records k where k.product = p_product and k.kind = 'lots' and k.id = w.id)
    order by w.account_key, granted_at, w.id
  loop
    if acc.account_key is distinct from r.account_key then
      perform save_sums(array[acc]);
      select a.* into strict acc from accounts a where a.account_key = r.account_key and a.closed_at is null;
      perform claim_key(acc.account_key, command, running.digest);
    end if;
    added := add_lot(acc, command, r.granted_at, r.record);
    acc := added.acc;
    if (added.lot).granted > r.still_left then
      acc := move_credits(acc, (added.lot).lot_id, (added.lot).granted - r.still_left, 'available', 'spent', 'import',
        command, running.as_of);
    end if;
    if acc.debt > 0 then
      acc := pay_debt(acc, (added.lot).lot_id, command, running.as_of);
    end if;
    insert into imported_records (product, kind, id, import, fingerprint, account_key, lot_id)
      values (p_product, 'lots', r.id, p_import, r.fingerprint, r.account_key, (added.lot).lot_id);
    lots := lots + 1;
  end loop;
  perform save_sums(array[acc]);
  update imports set position = keys[accounts] where product = p_product and import = p_import and accounts > 0;
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
