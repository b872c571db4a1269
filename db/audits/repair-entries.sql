-- Repairs by entries. Existing entries are never changed: further ones make up for them.

create or replace function insert_correction(p_account uuid, p_audit text, p_subject text, p_lot bigint, p_credits bigint)
returns void language sql as $$
  insert into audit_corrections (account_key, audit, subject, lot_id, credits)
    select p_account, p_audit, p_subject, p_lot, p_credits where p_credits <> 0
$$;

-- The steps by which the sums of a lot's entries become its columns. Every step passes through available, so what
-- remains there in the end is the lot's own.
create or replace function balancing_steps(lot lots, said lots)
returns table (from_state credit_state, to_state credit_state, amount bigint) language sql immutable as $$
  select * from (values
    ('issued'::credit_state, 'available'::credit_state, lot.granted - said.granted),
    ('expired', 'available', said.expired - lot.expired),
    ('revoked', 'available', said.revoked - lot.revoked),
    ('spent', 'held', said.spent - lot.spent),
    ('held', 'available', said.held - lot.held + said.spent - lot.spent),
    ('available', 'held', lot.held - said.held + lot.spent - said.spent),
    ('held', 'spent', lot.spent - said.spent),
    ('available', 'expired', lot.expired - said.expired),
    ('available', 'revoked', lot.revoked - said.revoked)) as t(from_state, to_state, amount)
  where amount > 0
$$;

-- Adds the entries by which a lot differs from its entries. Credits that the entries grant beyond the lot were revoked.
-- Spent credits were held before, by the generation of the sealed entry.
create or replace function add_balancing_entries(
  acc accounts, p_lot bigint, p_grant text, p_key text, p_at timestamptz, p_audit text, p_reason text)
returns accounts language plpgsql as $$
declare
  lot lots;
  said lots;
  grant_key text;
  e entries;
  appended record;
  step record;
begin
  select * into strict lot from lots where account_key = acc.account_key and lot_id = p_lot;
  select coalesce(s.granted, 0), coalesce(s.available, 0), coalesce(s.held, 0), coalesce(s.spent, 0),
      coalesce(s.expired, 0), coalesce(s.revoked, 0), s.key
    into said.granted, said.available, said.held, said.spent, said.expired, said.revoked, grant_key
    from (select) as one left join lot_sums(acc.account_key) s on s.lot_id = p_lot;
  if said.granted > lot.granted then
    perform insert_correction(acc.account_key, p_audit, grant_key, p_lot, lot.granted - said.granted);
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
  for step in select * from balancing_steps(lot, said) loop
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

-- Ends what entries still hold for a settled generation: spends what its settlement spent, and returns the rest.
create or replace function release_orphaned_hold(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  step record;
begin
  for step in
    select * from (values ('spent'::credit_state, (p->>'spend')::bigint), ('available', (p->>'refund')::bigint))
      as t(to_state, amount) where amount > 0
  loop
    acc := move_credits(acc, (p->>'lot')::bigint, step.amount, 'held', step.to_state, p->>'reason', p_key, p_at,
      null, p->>'generation');
  end loop;
  return acc;
end $$;

-- Takes credits from a lot, grants them, or replaces a lot by another. p->'gone' of them have expired already.
create or replace function correct_lot(acc accounts, p_key text, p_at timestamptz, p_audit text, p jsonb) returns accounts
language plpgsql as $$
declare
  inserted record;
  lot bigint := (p->>'lot')::bigint;
  gone bigint := coalesce((p->>'gone')::bigint, 0);
  amount bigint := (p->>'amount')::bigint;
begin
  if p->>'cause' is not null then
    return claw_back_lot(acc, lot, amount, p->>'cause', p->>'reason', p_key, p_at);
  end if;
  if p->>'do' in ('take', 'replace') then
    if amount > gone then
      acc := move_credits(acc, lot, amount - gone, 'available', 'revoked', p->>'reason', p_key, p_at);
    end if;
    perform insert_correction(acc.account_key, p_audit, p->>'subject', lot, gone - amount);
    perform insert_correction(acc.account_key, p_audit, p->>'subject' || '#gone', lot, -gone);
  end if;
  if p->>'do' in ('give', 'replace') then
    inserted := insert_lot(acc, p_key, p_at,
      p->'lot_to_give' || jsonb_build_object('amount', amount, 'reason', p->>'reason'));
    acc := inserted.acc;
    perform insert_correction(acc.account_key, p_audit, p->>'subject', (inserted.lot).lot_id, amount);
  end if;
  return acc;
end $$;
