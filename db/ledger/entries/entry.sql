-- The one place where credits move. post_entry() moves e.amount credits of one lot from one state to another: the lot, the
-- account's sums and the entry, with its link in the account's hash chain, change together or not at all.

create or replace function entry_hash(p_previous bytea, e entries) returns bytea language sql stable as $$
  select sha256(p_previous || convert_to(row(
    e.account_key, e.entry_no, e.lot_id, e.from_state, e.to_state, e.amount, e.reason, e.operation, e.generation,
    e.api_key, e.operation_key, extract(epoch from e.at), extract(epoch from e.recorded_at), e.balance_after)::text,
    'UTF8'))
$$;

-- What a move changes of the credits in one state: they come, they go, or it does not concern them.
create or replace function delta(p_state credit_state, e entries) returns bigint language sql immutable as $$
  select case p_state when e.to_state then e.amount when e.from_state then -e.amount else 0 end
$$;

-- What a move makes of the account's sums, and the entry with its number and its link in the chain. Writes nothing.
create or replace function append_entry(inout acc accounts, inout e entries, p_members_only boolean) language plpgsql as $$
declare
  change bigint := delta('available', e);
begin
  acc.available := acc.available + change;
  if p_members_only then
    acc.available_members_only := acc.available_members_only + change;
  end if;
  acc.held := acc.held + delta('held', e);
  acc.last_entry := acc.last_entry + 1;
  e.account_key := acc.account_key;
  e.entry_no := acc.last_entry;
  e.recorded_at := clock_timestamp();
  e.balance_after := acc.available;
  e.hash := entry_hash(acc.head, e);
  acc.head := e.hash;
end $$;

-- Writes entries, and what they move between the states of their lots. A lot that was just issued was inserted whole.
create or replace function insert_entries(p_entries entries[]) returns void language plpgsql as $$
begin
  update lots l set
    available = l.available + m.available, held = l.held + m.held, spent = l.spent + m.spent,
    expired = l.expired + m.expired, revoked = l.revoked + m.revoked
    from (
      select e.account_key, e.lot_id,
        sum(delta('available', e))::bigint as available, sum(delta('held', e))::bigint as held,
        sum(delta('spent', e))::bigint as spent, sum(delta('expired', e))::bigint as expired,
        sum(delta('revoked', e))::bigint as revoked
      from unnest(p_entries) e where e.from_state <> 'issued' group by e.account_key, e.lot_id
    ) m
    where l.account_key = m.account_key and l.lot_id = m.lot_id;
  insert into entries select * from unnest(p_entries);
end $$;

create or replace function save_sums(p_accounts accounts[]) returns void language sql as $$
  update accounts a set
    available = n.available, available_members_only = n.available_members_only, held = n.held,
    last_entry = n.last_entry, head = n.head, open_holds = n.open_holds
    from unnest(p_accounts) n where a.account_key = n.account_key
$$;

create or replace function post_entry(acc accounts, e entries) returns accounts language plpgsql as $$
declare
  only_members boolean;
  appended record;
begin
  select members_only into strict only_members from lots
    where account_key = acc.account_key and lot_id = e.lot_id;
  appended := append_entry(acc, e, only_members);
  perform insert_entries(array[appended.e]);
  return appended.acc;
end $$;
