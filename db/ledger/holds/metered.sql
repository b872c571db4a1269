-- Metered settlement: the whole credits of an exact price, what a hold has too little for, and late results.

-- The whole credits that an exact price adds to those charged before, and the fraction that stays for the account's next
-- generation of the operation. Writes nothing.
create or replace function whole_charge(hold holds, p_charge jsonb, out credits bigint, out remainder numeric)
language plpgsql stable as $$
declare
  exact numeric := (p_charge->>'exact')::numeric;
  before numeric := coalesce((hold.metered->>'exact')::numeric, 0);
  due numeric;
begin
  if p_charge->>'rounding' = 'up' then
    credits := ceil(exact) - ceil(before);
    return;
  end if;
  due := exact - before + coalesce(
    (select r.credits from remainders r where r.account_key = hold.account_key and r.operation = hold.operation), 0);
  credits := floor(due);
  remainder := due - credits;
end $$;

-- Prepares a metered or late settlement: how much is spent and released, and what has to be drawn before. Never draws more
-- than is available; what is missing is waived or becomes a debt. Refused if the policy does not charge more than was held.
create or replace function settle_metered(
  inout acc accounts, inout hold holds, c jsonb, p_key text, p_at timestamptz,
  out spend bigint, out refund bigint, out refused jsonb, out next_expiry timestamptz)
language plpgsql as $$
declare
  charge jsonb := c->'charge';
  is_late boolean := c ? 'late';
  whole record;
  wanted bigint := (c->>'spend')::bigint;
  held bigint := hold.amount - hold.spent - hold.refunded;
  available bigint := acc.available - case when is_member(acc, p_at) then 0 else acc.available_members_only end;
  extra bigint := 0;
  owed bigint := 0;
  waived bigint;
  drawn record;
begin
  if charge is not null then
    whole := whole_charge(hold, charge);
    wanted := whole.credits;
  end if;
  -- A later statement may be below one that was charged already; what was spent stays spent.
  spend := case when (charge->>'free')::boolean then 0 else greatest(wanted, 0) end;
  if is_late then
    extra := least(spend, hold.amount - hold.spent, available);
    spend := extra;
  elsif spend > held then
    if charge->>'excess' = 'reject' then
      refused := refusal('price_out_of_range', jsonb_build_object('minimum', 0, 'maximum', hold.spent + held, 'detail',
        format('It costs %s credits, but %s are held.', hold.spent + spend, hold.spent + held)));
      return;
    end if;
    if charge->>'excess' = 'draw' then
      extra := least(spend - held, available);
      owed := case when charge->>'shortfall' = 'debt' then spend - held - extra else 0 end;
    end if;
    spend := held + extra;
  end if;

  drawn := draw_more(acc, hold, extra, case when is_late then 'late' else 'excess' end, p_key, p_at);
  acc := drawn.acc;
  hold := drawn.hold;
  next_expiry := drawn.next_expiry;
  if owed > 0 then
    insert into debts (account_key, cause, amount) values (acc.account_key, 'generation/' || hold.generation, owed)
      on conflict (account_key, cause) do update set amount = debts.amount + excluded.amount;
    acc.debt := acc.debt + owed;
  end if;
  if charge->>'rounding' = 'carry' then
    insert into remainders as r (account_key, operation, credits)
      values (hold.account_key, hold.operation, whole.remainder)
      on conflict (account_key, operation) do update set credits = excluded.credits;
  end if;
  refund := case when is_late or c->>'state' is null then 0 else held + extra - spend end;
  waived := case when (charge->>'free')::boolean then 0 else greatest(wanted, 0) - spend - owed end;
  hold.metered := coalesce(hold.metered, '{}') || coalesce(charge - '{excess,shortfall,rounding,free}'::text[], '{}')
    || jsonb_build_object(
      'charged', coalesce((hold.metered->>'charged')::bigint, 0) + greatest(wanted, 0) - waived,
      'waived', coalesce((hold.metered->>'waived')::bigint, 0) + waived,
      'owed', coalesce((hold.metered->>'owed')::bigint, 0) + owed);
end $$;

-- Corrects the counters of limits to what a settlement charged.
create or replace function correct_usage(before holds, hold holds, c jsonb) returns void language plpgsql as $$
declare
  is_late boolean := c ? 'late';
  is_closed boolean := hold.state <> 'reserved';
  uses integer := case
    when is_late and hold.state in ('committed', 'partially_refunded') then 1
    when not is_late and hold.state in ('refunded', 'cancelled', 'timed_out') then -1 else 0 end;
  returned bigint := (c->>'returned')::bigint;
begin
  -- While a metered hold is open, its ceiling counts.
  if c ? 'charge' and not is_closed then
    return;
  end if;
  if c ? 'charge' then
    perform change_usage(hold, 0, uses, (hold.metered->>'charged')::bigint,
      case when is_late then coalesce((before.metered->>'charged')::bigint, 0) end);
  else
    perform change_usage(
      hold, case when is_late then (hold.rest->>'delivered')::bigint else -returned end, uses);
  end if;
end $$;
