create or replace function insert_correction(p_account uuid, p_audit text, p_subject text, p_lot bigint, p_credits bigint)
returns void language sql as $$
  insert into audit_corrections (account_key, audit, subject, lot_id, credits)
    select p_account, p_audit, p_subject, p_lot, p_credits where p_credits <> 0
$$;

-- The chain goes on from the last entry there is; how many the account remembered after it stays with the seal.
create or replace function reseal_chain(acc accounts, p_audit text, p_at timestamptz) returns accounts
language plpgsql as $$
declare
  last_no bigint;
  last_hash bytea;
begin
  select entry_no, hash into last_no, last_hash from entries
    where account_key = acc.account_key order by entry_no desc limit 1;
  insert into chain_seals (account_key, entry_no, digest, audit, lost, sealed_at)
    values (acc.account_key, coalesce(last_no, 0), acc.head, p_audit, acc.last_entry - coalesce(last_no, 0), p_at)
    on conflict do nothing;
  acc.last_entry := coalesce(last_no, 0);
  acc.head := coalesce(last_hash, sha256(convert_to(acc.account_key::text, 'UTF8')));
  return acc;
end $$;

-- A lot that entries tell of and that is not there, as the grant that it was said.
create or replace function rebuild_lot(p_account uuid, p_lot bigint, p jsonb) returns void language sql as $$
  insert into lots (account_key, lot_id, source, granted, available, held, spent, expired, revoked, granted_at,
                    expires_at, members_only, spend_key, origin_type, origin_id, terms)
    overriding system value
    select p_account, p_lot, p->>'source', f.granted, f.available, f.held, f.spent, f.expired, f.revoked,
      (p->>'at')::timestamptz, (p->>'expires_at')::timestamptz, (p->>'members_only')::boolean, p->>'spend_key',
      p->'origin'->>'type', p->'origin'->>'id', p->'terms'
    from lot_sums(p_account) f where f.lot_id = p_lot
$$;

-- The account's sums as its entries say; those of lots that are believed before their entries are levelled up next.
create or replace function recompute_sums(acc accounts) returns accounts language plpgsql as $$
begin
  select coalesce(sum(f.available), 0), coalesce(sum(f.available) filter (where l.members_only), 0),
      coalesce(sum(f.held), 0)
    into acc.available, acc.available_members_only, acc.held
    from lots l join lot_sums(acc.account_key) f using (account_key, lot_id) where l.account_key = acc.account_key;
  update accounts a set
      debt = (select coalesce(sum(amount - paid), 0) from debts d where d.account_key = a.account_key),
      open_holds = (select count(*) from holds h where h.account_key = a.account_key and h.state = 'reserved')
    where a.account_key = acc.account_key returning debt, open_holds into acc.debt, acc.open_holds;
  return acc;
end $$;

-- Entries that make up for the difference between a lot and what its entries say. Credits that were spent were held
-- before, by the generation of the entry that does not fit. More than the lot ever had, as entries say, was revoked.
create or replace function add_balancing_entries(acc accounts, p_lot bigint, p_grant text, p_key text, p_at timestamptz, p_audit text,
                                         p_reason text) returns accounts
language plpgsql as $$
declare
  lot lots;
  said record;
  e entries;
  appended record;
  step record;
begin
  select * into strict lot from lots where account_key = acc.account_key and lot_id = p_lot;
  select coalesce(f.granted, 0) as granted, coalesce(f.available, 0) as available, coalesce(f.held, 0) as held,
      coalesce(f.spent, 0) as spent, coalesce(f.expired, 0) as expired, coalesce(f.revoked, 0) as revoked, f.key
    into said from (select) as one left join lot_sums(acc.account_key) f on f.lot_id = p_lot;
  if said.granted > lot.granted then
    perform insert_correction(acc.account_key, p_audit, said.key, p_lot, lot.granted - said.granted);
    update lots set granted = said.granted, revoked = lot.revoked + said.granted - lot.granted
      where account_key = acc.account_key and lot_id = p_lot returning * into lot;
  end if;
  e.lot_id := p_lot;
  e.reason := p_reason;
  e.at := p_at;
  select generation into e.generation from entries
    where account_key = acc.account_key and lot_id = p_lot and generation is not null
      and entry_no in (select s.entry_no from chain_seals s where s.account_key = acc.account_key and s.audit = p_audit)
    limit 1;
  -- All that is missing anywhere passes through available; what is left there in the end is the lot's own.
  for step in
    select * from (values
      ('issued'::credit_state, 'available'::credit_state, lot.granted - said.granted),
      ('expired', 'available', said.expired - lot.expired), ('revoked', 'available', said.revoked - lot.revoked),
      ('spent', 'held', said.spent - lot.spent), ('held', 'available', said.held + greatest(said.spent - lot.spent, 0)
        - greatest(lot.spent - said.spent, 0) - lot.held),
      ('available', 'held', lot.held + greatest(lot.spent - said.spent, 0)
        - greatest(said.spent - lot.spent, 0) - said.held),
      ('held', 'spent', lot.spent - said.spent), ('available', 'expired', lot.expired - said.expired),
      ('available', 'revoked', lot.revoked - said.revoked)) as t(from_state, to_state, amount)
    where amount > 0
  loop
    e.from_state := step.from_state;
    e.to_state := step.to_state;
    e.amount := step.amount;
    e.operation_key := case when step.from_state = 'issued' then coalesce(p_grant, p_key) else p_key end;
    appended := append_entry(acc, e, lot.members_only);
    acc := appended.acc;
    insert into entries select (appended.e).*;
  end loop;
  return acc;
end $$;

-- What entries hold for a generation that is over: spent as far as the generation says so, the rest comes back.
create or replace function release_orphaned_hold(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  e entries;
  step record;
begin
  e.lot_id := (p->>'lot')::bigint;
  e.from_state := 'held';
  e.generation := p->>'generation';
  e.reason := p->>'reason';
  e.operation_key := p_key;
  e.at := p_at;
  for step in
    select * from (values ('spent'::credit_state, (p->>'spend')::bigint), ('available', (p->>'refund')::bigint))
      as t(to_state, amount) where amount > 0
  loop
    e.to_state := step.to_state;
    e.amount := step.amount;
    acc := post_entry(acc, e);
  end loop;
  return acc;
end $$;

create or replace function repair_lot(acc accounts, p_key text, p_at timestamptz, p_audit text, p jsonb) returns accounts
language plpgsql as $$
declare
  put record;
  e entries;
  gone bigint := coalesce((p->>'gone')::bigint, 0);
  amount bigint := (p->>'amount')::bigint;
begin
  if p->>'cause' is not null then
    return claw_back_lot(acc, (p->>'lot')::bigint, amount, p->>'cause', p->>'reason', p_key, p_at);
  end if;
  if p->>'do' in ('take', 'replace') and amount > gone then
    e.lot_id := (p->>'lot')::bigint;
    e.from_state := 'available';
    e.to_state := 'revoked';
    e.amount := amount - gone;
    e.reason := p->>'reason';
    e.operation_key := p_key;
    e.at := p_at;
    acc := post_entry(acc, e);
  end if;
  if p->>'do' in ('take', 'replace') then
    perform insert_correction(acc.account_key, p_audit, p->>'subject', (p->>'lot')::bigint, gone - amount);
    perform insert_correction(acc.account_key, p_audit, p->>'subject' || '#gone', (p->>'lot')::bigint, -gone);
  end if;
  if p->>'do' in ('give', 'replace') then
    put := insert_lot(acc, p_key, p_at, p->'lot_to_give' || jsonb_build_object('amount', amount, 'reason', p->>'reason'));
    acc := put.acc;
    perform insert_correction(acc.account_key, p_audit, p->>'subject', (put.lot).lot_id, amount);
  end if;
  return acc;
end $$;

create or replace function repair_ledger(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  repair jsonb;
  put record;
  agrees boolean := false;
  bonus bigint := 0;
  p_audit text := p->>'audit';
  answer jsonb := begin_command(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  select * into acc from accounts where account_key = p_account;
  if acc.last_entry <> (p->>'last_entry')::bigint then
    raise exception 'the book moved since the audit %', p_audit;
  end if;
  with approved as (
    update approvals set approved_by = p->>'approved_by', approved_at = p_at
      where account_key = p_account and kind = 'audit' and subject = p_audit and p->>'approved_by' is not null
      returning approval
  )
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    select p_account, 'approval/' || approval, approval, '{}' from approved on conflict do nothing;
  for repair in select * from jsonb_array_elements(p->'repairs') loop
    if not agrees and repair->>'do' not in ('seal', 'rejoin', 'rebuild', 'refold') then
      acc := recompute_sums(acc);
      agrees := true;
    end if;
    case repair->>'do'
      when 'seal' then
        insert into chain_seals (account_key, entry_no, digest, audit, sealed_at)
          values (p_account, (repair->>'entry')::bigint, decode(repair->>'digest', 'hex'), p_audit, p_at)
          on conflict do nothing;
      when 'rejoin' then acc := reseal_chain(acc, p_audit, p_at);
      when 'rebuild' then perform rebuild_lot(p_account, (repair->>'lot')::bigint, repair->'lot_to_give');
      when 'refold' then
        update lots l set granted = f.granted, available = f.available, held = f.held, spent = f.spent,
            expired = f.expired, revoked = f.revoked
          from lot_sums(p_account) f where l.account_key = p_account and l.lot_id = (repair->>'lot')::bigint
            and f.lot_id = l.lot_id;
      when 'sums' then null;
      when 'level' then
        acc := add_balancing_entries(acc, (repair->>'lot')::bigint, repair->>'key', p_key, p_at, p_audit, repair->>'reason');
      when 'release' then acc := release_orphaned_hold(acc, p_key, p_at, repair);
      when 'cover' then
        perform update_membership_period(p_account, p_at, (repair->>'until')::timestamptz);
        select member_until into acc.member_until from accounts where account_key = p_account;
      else acc := repair_lot(acc, p_key, p_at, p_audit, repair);
    end case;
  end loop;
  if not agrees and jsonb_array_length(p->'repairs') > 0 then
    acc := recompute_sums(acc);
  end if;
  insert into idempotency_records (account_key, operation_key, fingerprint, result)
    select p_account, p->'bonus'->>'key', p_audit, '{}' where jsonb_typeof(p->'bonus') = 'object' on conflict do nothing;
  if found then
    bonus := (p->'bonus'->>'amount')::bigint;
    put := insert_lot(acc, p_key, p_at, p->'bonus' || jsonb_build_object('reason', 'audit_bonus',
      'origin', jsonb_build_object('type', 'audit', 'id', p_audit)));
    acc := put.acc;
  end if;
  return finish_command(acc, p_key, p_fingerprint, p_at, jsonb_build_object('bonus', bonus));
end $$;
