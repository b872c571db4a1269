-- Repairs that make the stored records agree with each other. They move no credits of the customer.

-- Seals the end of a chain whose last entries are missing, and continues it from the newest entry that exists.
create or replace function reseal_chain(acc accounts, p_audit text, p_at timestamptz) returns accounts
language plpgsql as $$
declare
  newest entries;
begin
  select * into newest from entries where account_key = acc.account_key order by entry_no desc limit 1;
  insert into chain_seals (account_key, entry_no, digest, audit, lost, sealed_at)
    values (acc.account_key, coalesce(newest.entry_no, 0), acc.head, p_audit,
            acc.last_entry - coalesce(newest.entry_no, 0), p_at)
    on conflict do nothing;
  acc.last_entry := coalesce(newest.entry_no, 0);
  acc.head := coalesce(newest.hash, sha256(convert_to(acc.account_key::text, 'UTF8')));
  return acc;
end $$;

-- Inserts a missing lot with the sums of its entries, on the terms of the grant that it was.
create or replace function rebuild_lot(p_account uuid, p_lot bigint, p jsonb) returns void language sql as $$
  insert into lots (account_key, lot_id, source, granted, available, held, spent, expired, revoked, granted_at,
                    expires_at, members_only, spend_key, origin_type, origin_id, terms)
    overriding system value
    select p_account, p_lot, p->>'source', s.granted, s.available, s.held, s.spent, s.expired, s.revoked,
      (p->>'at')::timestamptz, (p->>'expires_at')::timestamptz, (p->>'members_only')::boolean, p->>'spend_key',
      p->'origin'->>'type', p->'origin'->>'id', p->'terms'
    from lot_sums(p_account) s where s.lot_id = p_lot
$$;

create or replace function recompute_lot(p_account uuid, p_lot bigint) returns void language sql as $$
  update lots l set granted = s.granted, available = s.available, held = s.held, spent = s.spent,
      expired = s.expired, revoked = s.revoked
    from lot_sums(p_account) s where l.account_key = p_account and l.lot_id = p_lot and s.lot_id = l.lot_id
$$;

-- The account's sums from its entries, debts and holds.
create or replace function recompute_sums(acc accounts) returns accounts language plpgsql as $$
begin
  select coalesce(sum(s.available), 0), coalesce(sum(s.available) filter (where l.members_only), 0),
      coalesce(sum(s.held), 0)
    into acc.available, acc.available_members_only, acc.held
    from lots l join lot_sums(acc.account_key) s using (account_key, lot_id) where l.account_key = acc.account_key;
  select coalesce(sum(amount - paid), 0) into acc.debt from debts where account_key = acc.account_key;
  select count(*) into acc.open_holds from holds where account_key = acc.account_key and state = 'reserved';
  return acc;
end $$;

-- Dispatches one of these repairs.
create or replace function repair_records(acc accounts, p_at timestamptz, p_audit text, p jsonb) returns accounts
language plpgsql as $$
begin
  case p->>'do'
    when 'seal' then
      insert into chain_seals (account_key, entry_no, digest, audit, sealed_at)
        values (acc.account_key, (p->>'entry')::bigint, decode(p->>'digest', 'hex'), p_audit, p_at)
        on conflict do nothing;
    when 'reseal' then acc := reseal_chain(acc, p_audit, p_at);
    when 'rebuild' then perform rebuild_lot(acc.account_key, (p->>'lot')::bigint, p->'lot_to_give');
    when 'recompute' then perform recompute_lot(acc.account_key, (p->>'lot')::bigint);
  end case;
  return acc;
end $$;
