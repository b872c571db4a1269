/**
 * The one place where credits move. book() moves e.amount credits of one lot from one state to another: the lot, the
 * account's sums and the entry, with its link in the account's hash chain, change together or not at all.
 */
export const entryFunctions = /* sql */ `
create or replace function entry_hash(p_previous bytea, e entries) returns bytea language sql stable as $$
  select sha256(p_previous || convert_to(row(
    e.account_key, e.entry_no, e.lot_id, e.from_state, e.to_state, e.amount, e.reason, e.operation, e.generation,
    e.api_key, e.operation_key, extract(epoch from e.at), extract(epoch from e.recorded_at), e.balance_after)::text,
    'UTF8'))
$$;

-- What a move changes of the credits in one state: they come, they go, or it does not concern them.
create or replace function moved(p_state credit_state, e entries) returns bigint language sql immutable as $$
  select case p_state when e.to_state then e.amount when e.from_state then -e.amount else 0 end
$$;

create or replace function book(acc accounts, e entries) returns accounts language plpgsql as $$
declare
  only_members boolean;
  change bigint := moved('available', e);
begin
  if e.from_state = 'issued' then
    -- The lot was inserted whole a moment ago.
    select members_only into strict only_members from lots
      where account_key = acc.account_key and lot_id = e.lot_id;
  else
    update lots set
      available = available + change, held = held + moved('held', e), spent = spent + moved('spent', e),
      expired = expired + moved('expired', e), revoked = revoked + moved('revoked', e)
      where account_key = acc.account_key and lot_id = e.lot_id
      returning members_only into strict only_members;
  end if;

  acc.available := acc.available + change;
  if only_members then
    acc.available_members_only := acc.available_members_only + change;
  end if;
  acc.held := acc.held + moved('held', e);

  acc.last_entry := acc.last_entry + 1;
  e.account_key := acc.account_key;
  e.entry_no := acc.last_entry;
  e.recorded_at := clock_timestamp();
  e.balance_after := acc.available;
  acc.head := entry_hash(acc.head, e);
  e.hash := acc.head;
  insert into entries select e.*;
  return acc;
end $$;
`
