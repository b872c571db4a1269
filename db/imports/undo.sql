-- Undoing an import, as long as none of its credits was spent or is held.

-- The lots of an import, and those that its memberships have granted since.
create or replace function lots_to_undo(p_product text, p_import text, p_accounts uuid[]) returns setof lots
language sql stable as $$
  select l.* from imported_records r join lots l using (account_key, lot_id)
    where r.product = p_product and r.import = p_import and r.kind = 'lots' and r.account_key = any (p_accounts)
  union all
  select l.* from imported_records r
    join lots l on l.account_key = r.account_key and l.origin_type = 'membership' and l.origin_id = r.membership
    where r.product = p_product and r.import = p_import and r.kind = 'memberships' and r.account_key = any (p_accounts)
$$;

-- Whether credits of a lot are held, or were spent since the import.
create or replace function is_used_since_import(lot lots) returns boolean language sql stable as $$
  select lot.held > 0 or lot.spent > (select coalesce(sum(amount), 0) from entries
    where account_key = lot.account_key and lot_id = lot.lot_id and to_state = 'spent' and reason = 'import')
$$;

-- The accounts, among some of an import, that have used its credits.
create or replace function accounts_that_used_import(p_product text, p_import text, p_accounts uuid[])
returns table (account_key uuid, account text) language sql stable as $$
  select distinct a.account_key, a.account
  from lots_to_undo(p_product, p_import, p_accounts) l join accounts a using (account_key)
  where is_used_since_import(l)
$$;

-- The accounts of an import after a position, in the order in which it is undone.
create or replace function accounts_of_import(p_product text, p_import text, p_after uuid, p_limit bigint) returns uuid[]
language sql stable as $$
  select array(select distinct account_key from imported_records
    where product = p_product and import = p_import
      and account_key > coalesce(p_after, '00000000-0000-0000-0000-000000000000')
    order by account_key limit p_limit)
$$;

-- Revokes the lots of the next accounts and deletes their memberships. Accounts stay, and so does one that has used credits
-- since the check, with all that it was given. Returns how many accounts were seen, and the names of those that stay.
create or replace function undo_import_accounts(
  p_product text, p_import text, p_limit bigint, p_at timestamptz, out accounts bigint, out kept text[])
language plpgsql as $$
declare
  running imports;
  keys uuid[];
  used uuid[];
  k uuid;
  acc accounts;
  lot lots;
  command text := 'import/' || p_import || '/undo';
begin
  select * into strict running from imports where product = p_product and import = p_import for update;
  keys := accounts_of_import(p_product, p_import, running.position, p_limit);
  accounts := cardinality(keys);
  perform 1 from accounts where account_key = any (keys) order by account_key for update;
  select array_agg(u.account_key), array_agg(u.account) into used, kept
    from accounts_that_used_import(p_product, p_import, keys) u;
  foreach k in array keys loop
    continue when k = any (used);
    select a.* into strict acc from accounts a where a.account_key = k;
    perform claim_key(k, command, running.digest);
    acc := post_expiries(acc, p_at);
    for lot in select * from lots_to_undo(p_product, p_import, array[k]) l where l.available > 0 order by l.lot_id loop
      acc := move_credits(acc, lot.lot_id, lot.available, 'available', 'revoked', 'import_undone', command, p_at);
    end loop;
    perform delete_imported_memberships(acc, p_import, p_at);
    delete from imported_records where product = p_product and import = p_import and account_key = k;
    perform save_sums(array[acc]);
  end loop;
  update imports set position = keys[accounts] where product = p_product and import = p_import and accounts > 0;
end $$;

-- Deletes the memberships that an import made, as if they had never been here.
create or replace function delete_imported_memberships(acc accounts, p_import text, p_at timestamptz) returns void
language plpgsql as $$
declare
  ids text[] := array(select membership from imported_records
    where product = acc.product and import = p_import and kind = 'memberships' and account_key = acc.account_key);
begin
  if cardinality(ids) = 0 then
    return;
  end if;
  delete from membership_references where account_key = acc.account_key and membership = any (ids);
  delete from membership_transitions where account_key = acc.account_key and membership = any (ids);
  delete from timeline_events where account_key = acc.account_key and subject = 'membership' and subject_id = any (ids);
  delete from attention where product = acc.product and subject = 'membership' and subject_id = any (ids);
  delete from memberships where account_key = acc.account_key and membership = any (ids);
  if exists (select from memberships where account_key = acc.account_key) then
    perform update_membership_period(acc, p_at,
      (select max(covered_until) from memberships where account_key = acc.account_key));
  else
    delete from membership_periods where account_key = acc.account_key;
    update accounts set member_until = null where account_key = acc.account_key;
  end if;
end $$;

-- Deletes the codes of an import that were not redeemed. Returns how many were redeemed and stay.
create or replace function undo_import_codes(p_product text, p_import text) returns bigint language sql as $$
  with own as (
    delete from imported_records where product = p_product and import = p_import and kind = 'codes' returning id
  ), deleted as (
    delete from codes using own
      where product = p_product and code_hash = decode(own.id, 'hex') and state = 'valid' returning 1
  )
  select (select count(*) from own) - (select count(*) from deleted)
$$;
