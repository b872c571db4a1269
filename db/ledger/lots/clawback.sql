-- Credits that are taken back because their money was refunded or disputed, and their return if the money comes back.
-- Clawbacks are stored lot by lot under their cause. Credits that were spent already become the account's debt, which
-- later grants pay first.

create or replace function claw_back_lot(
  acc accounts, p_lot bigint, p_amount bigint, p_cause text, p_reason text, p_key text, p_at timestamptz)
returns accounts language plpgsql as $$
begin
  insert into clawbacks (account_key, cause, lot_id, amount) values (acc.account_key, p_cause, p_lot, p_amount)
    on conflict (account_key, cause, lot_id) do update set amount = clawbacks.amount + excluded.amount;
  return move_credits(acc, p_lot, p_amount, 'available', 'revoked', p_reason, p_key, p_at);
end $$;

-- Whether a lot belongs to the month that p names: by its own grant, or by the grant of the expired lot that it replaces.
create or replace function is_lot_of_month(lot lots, p jsonb) returns boolean language sql stable as $$
  select p->'sources' ? lot.source and exists (select from lots granted
    where granted.account_key = lot.account_key and granted.lot_id = coalesce(lot.replaces_lot_id, lot.lot_id)
      and granted.granted_at >= (p->>'from')::timestamptz and granted.granted_at < (p->>'until')::timestamptz)
$$;

-- Takes credits from the lots of one origin, or of one month of it (p->'month'), less the amounts that the causes in
-- p->'besides' took already. p->'short' says what happens to the rest when too few are left: they become debt, are left, or
-- the command fails to be retried.
create or replace function claw_back_origin(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  lot record;
  amount bigint;
  remaining bigint;
begin
  select greatest(0, (p->>'credits')::bigint - coalesce(sum(c.amount), 0)) into remaining
    from clawbacks c join lots l using (account_key, lot_id)
    where c.account_key = acc.account_key and l.origin_type = p->'origin'->>'type' and l.origin_id = p->'origin'->>'id'
      and exists (select from jsonb_array_elements_text(p->'besides') other where starts_with(c.cause, other));
  for lot in
    select l.lot_id, l.available from lots l
    where l.account_key = acc.account_key and l.origin_type = p->'origin'->>'type' and l.origin_id = p->'origin'->>'id'
      and l.spendable and (p->'month' is null or is_lot_of_month(l, p->'month'))
    order by l.spend_key desc, l.lot_id desc
  loop
    exit when remaining = 0;
    amount := least(lot.available, remaining);
    remaining := remaining - amount;
    acc := claw_back_lot(acc, lot.lot_id, amount, p->>'cause', p->>'reason', p_key, p_at);
  end loop;
  if remaining > 0 and p->>'short' = 'retry' then
    raise exception 'fewer credits of % are left than were decided on', p->'origin'->>'id';
  end if;
  if remaining > 0 and p->>'short' = 'debt' then
    insert into debts (account_key, cause, amount) values (acc.account_key, p->>'cause', remaining)
      on conflict (account_key, cause) do update set amount = debts.amount + excluded.amount;
    acc.debt := acc.debt + remaining;
  end if;
  return acc;
end $$;

-- Pays the account's debt from a new lot, the oldest debt first.
create or replace function pay_debt(acc accounts, p_lot bigint, p_key text, p_at timestamptz) returns accounts
language plpgsql as $$
declare
  owed record;
  payment bigint;
  available bigint;
begin
  select l.available into strict available from lots l where l.account_key = acc.account_key and l.lot_id = p_lot;
  for owed in
    select cause, amount - paid as open from debts
    where account_key = acc.account_key and paid < amount order by recorded_at, cause
  loop
    exit when available = 0;
    payment := least(owed.open, available);
    available := available - payment;
    acc := claw_back_lot(acc, p_lot, payment, owed.cause, 'debt', p_key, p_at);
    update debts set paid = paid + payment where account_key = acc.account_key and cause = owed.cause;
    acc.debt := acc.debt - payment;
  end loop;
  return acc;
end $$;

-- Returns the credits that a cause took to their lots, and cancels its debt. Credits of a lot that has expired since get
-- a replacement lot on the terms of refunded credits. Returned credits pay debts of other causes, as granted ones do.
create or replace function restore_clawback(acc accounts, p_key text, p_at timestamptz, p jsonb) returns accounts
language plpgsql as $$
declare
  taken record;
  expired boolean;
  cancelled bigint;
  returned_to bigint;
begin
  delete from debts where account_key = acc.account_key and cause = p->>'cause' returning amount - paid into cancelled;
  acc.debt := acc.debt - coalesce(cancelled, 0);
  for taken in
    delete from clawbacks c using lots l
      where c.account_key = acc.account_key and c.cause = p->>'cause'
        and l.account_key = c.account_key and l.lot_id = c.lot_id
      returning c.amount as credits, l as lot
  loop
    expired := coalesce((taken.lot).expires_at <= p_at, false);
    returned_to := (taken.lot).lot_id;
    acc := move_credits(acc, (taken.lot).lot_id, taken.credits, 'revoked',
      case when expired then 'expired' else 'available' end::credit_state, p->>'reason', p_key, p_at);
    if expired then
      returned_to := (insert_replacement(taken.lot, taken.credits, p_at, p->'replacement')).lot_id;
      acc := move_credits(
        acc, returned_to, taken.credits, 'issued', 'available', p->>'reason', p_key, p_at);
    end if;
    if acc.debt > 0 then
      acc := pay_debt(acc, returned_to, p_key, p_at);
    end if;
  end loop;
  return acc;
end $$;
