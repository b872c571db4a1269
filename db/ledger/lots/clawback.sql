-- Credits that are taken back because their money went back, and how they return when the money does. What a cause took
-- is remembered lot by lot; what was spent already is the account's debt, which later grants pay first.

-- Takes so many credits of what is left of the lots of one origin, less what other causes took already. What is missing becomes debt, is left, or fails the act.
create or replace function claw_back_origin(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  lot record;
  e entries;
  wanted bigint := (p->>'credits')::bigint;
begin
  wanted := greatest(0, wanted - (select coalesce(sum(c.amount), 0) from clawbacks c join lots l using (account_key, lot_id)
    where c.account_key = acc.account_key and l.origin_type = p->'origin'->>'type' and l.origin_id = p->'origin'->>'id'
      and exists (select from jsonb_array_elements_text(p->'besides') other where starts_with(c.cause, other))));
  for lot in
    select lot_id, available from lots
    where account_key = acc.account_key and origin_type = p->'origin'->>'type' and origin_id = p->'origin'->>'id'
      and spendable
    order by spend_key desc, lot_id desc
  loop
    exit when wanted = 0;
    e.amount := least(lot.available, wanted);
    wanted := wanted - e.amount;
    acc := claw_back_lot(acc, lot.lot_id, e.amount, p->>'cause', p->>'reason', p_key, p_at);
  end loop;
  if wanted > 0 and p->>'short' = 'retry' then
    raise exception 'less is left of % than was decided on', p->'origin'->>'id';
  end if;
  if wanted > 0 and p->>'short' = 'debt' then
    insert into debts (account_key, cause, amount) values (acc.account_key, p->>'cause', wanted)
      on conflict (account_key, cause) do update set amount = debts.amount + excluded.amount;
    acc := change_debt(acc, wanted);
  end if;
  return acc;
end $$;

create or replace function claw_back_lot(acc accounts, p_lot bigint, p_amount bigint, p_cause text, p_reason text,
                                     p_key text, p_at timestamptz) returns accounts
language plpgsql as $$
declare
  e entries;
begin
  insert into clawbacks (account_key, cause, lot_id, amount) values (acc.account_key, p_cause, p_lot, p_amount)
    on conflict (account_key, cause, lot_id) do update set amount = clawbacks.amount + excluded.amount;
  e.lot_id := p_lot;
  e.from_state := 'available';
  e.to_state := 'revoked';
  e.amount := p_amount;
  e.reason := p_reason;
  e.operation_key := p_key;
  e.at := p_at;
  return post_entry(acc, e);
end $$;

create or replace function change_debt(acc accounts, p_change bigint) returns accounts language plpgsql as $$
begin
  acc.debt := acc.debt + p_change;
  update accounts set debt = acc.debt where account_key = acc.account_key;
  return acc;
end $$;

-- A lot that was granted just now pays what the account owes, the oldest debt first.
create or replace function pay_debt(acc accounts, p_lot bigint, p_key text, p_at timestamptz) returns accounts
language plpgsql as $$
declare
  owed record;
  pays bigint;
  available bigint;
begin
  select l.available into strict available from lots l where l.account_key = acc.account_key and l.lot_id = p_lot;
  for owed in
    select cause, amount - paid as open from debts
    where account_key = acc.account_key and paid < amount order by recorded_at, cause
  loop
    exit when available = 0;
    pays := least(owed.open, available);
    available := available - pays;
    acc := claw_back_lot(acc, p_lot, pays, owed.cause, 'debt', p_key, p_at);
    update debts set paid = paid + pays where account_key = acc.account_key and cause = owed.cause;
    acc := change_debt(acc, -pays);
  end loop;
  return acc;
end $$;

-- Gives back what a cause took, to the same lots, and forgives what it left as debt. A lot that expired meanwhile is dead,
-- so its part becomes a lot of its own that lives as long as refunded credits do.
create or replace function restore_clawback(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  taken record;
  e entries;
  debt bigint;
begin
  for taken in
    delete from clawbacks c using lots l
      where c.account_key = acc.account_key and c.cause = p->>'cause'
        and l.account_key = c.account_key and l.lot_id = c.lot_id
      returning c.amount as credits, l.*
  loop
    e.lot_id := taken.lot_id;
    e.from_state := 'revoked';
    e.to_state := 'available';
    e.amount := taken.credits;
    e.reason := p->>'reason';
    e.operation_key := p_key;
    e.at := p_at;
    if taken.expires_at <= p_at then
      e.to_state := 'expired';
    end if;
    acc := post_entry(acc, e);
    if e.to_state = 'expired' then
      insert into lots (account_key, source, granted, available, granted_at, expires_at, members_only, spend_key,
                        origin_type, origin_id, replaces_lot_id, terms)
        values (acc.account_key, taken.source, e.amount, e.amount, p_at, (p->'replacement'->>'expires_at')::timestamptz,
                taken.members_only, p->'replacement'->'spend_keys'->>taken.source, taken.origin_type, taken.origin_id,
                taken.lot_id, p->'replacement'->'terms')
        returning lot_id into e.lot_id;
      e.from_state := 'issued';
      e.to_state := 'available';
      acc := post_entry(acc, e);
    end if;
  end loop;
  delete from debts where account_key = acc.account_key and cause = p->>'cause' returning amount - paid into debt;
  return case when debt > 0 then change_debt(acc, -debt) else acc end;
end $$;
