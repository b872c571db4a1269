create or replace function is_member(acc accounts, p_at timestamptz) returns boolean language sql immutable as $$
  select coalesce(acc.member_until > p_at, false)
$$;

create or replace function totals_view(p_available bigint, p_held bigint, p_frozen bigint, p_next_expiry timestamptz)
returns jsonb language sql stable as $$
  select jsonb_build_object(
    'available', p_available, 'held', p_held, 'frozen', p_frozen, 'next_expiry', iso(p_next_expiry))
$$;

-- The account's totals. Its sums still contain expired credits without an entry, so those are subtracted.
create or replace function totals(acc accounts, p_at timestamptz) returns jsonb language plpgsql stable as $$
declare
  due bigint := 0;
  due_members_only bigint := 0;
  frozen bigint := 0;
  next_expiry timestamptz;
begin
  select x into next_expiry from next_lot_expiry(acc.account_key) x;
  if next_expiry <= p_at then
    select sum(available), coalesce(sum(available) filter (where members_only), 0) into due, due_members_only
      from lots where account_key = acc.account_key and spendable and expires_at <= p_at;
    select min(expires_at) into next_expiry
      from lots where account_key = acc.account_key and spendable and expires_at > p_at;
  end if;
  if not is_member(acc, p_at) then
    frozen := acc.available_members_only - due_members_only;
  end if;
  return totals_view(acc.available - due - frozen, acc.held, frozen, next_expiry);
end $$;
