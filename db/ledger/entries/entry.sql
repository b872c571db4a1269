-- Every movement of credits passes through append_entry: the lot, the account's sums and the entry with its link in the
-- account's hash chain change together or not at all.

create or replace function entry_hash(p_previous bytea, e entries) returns bytea language sql stable as $$
  select sha256(p_previous || convert_to(row(
    e.account_key, e.entry_no, e.lot_id, e.from_state, e.to_state, e.amount, e.reason, e.operation, e.generation,
    e.api_key, e.operation_key, extract(epoch from e.at), extract(epoch from e.recorded_at), e.balance_after)::text,
    'UTF8'))
$$;

-- The change of the credits in one state by an entry.
create or replace function delta(p_state credit_state, e entries) returns bigint language sql immutable as $$
  select case p_state when e.to_state then e.amount when e.from_state then -e.amount else 0 end
$$;

-- Applies an entry to the account's sums, numbers it, and links it to the chain. Writes nothing.
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

-- Writes entries and applies them to their lots. An entry from 'issued' changes no lot: its lot was inserted complete.
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
    available = n.available, available_members_only = n.available_members_only, held = n.held, debt = n.debt,
    open_holds = n.open_holds, last_entry = n.last_entry, head = n.head
    from unnest(p_accounts) n where a.account_key = n.account_key
$$;

-- Appends one entry and writes it. The caller saves the account's sums.
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

create or replace function move_credits(
  acc accounts, p_lot bigint, p_amount bigint, p_from credit_state, p_to credit_state, p_reason text, p_key text,
  p_at timestamptz, p_api_key text default null, p_generation text default null)
returns accounts language plpgsql as $$
declare
  e entries;
begin
  e.lot_id := p_lot;
  e.amount := p_amount;
  e.from_state := p_from;
  e.to_state := p_to;
  e.reason := p_reason;
  e.operation_key := p_key;
  e.at := p_at;
  e.api_key := p_api_key;
  e.generation := p_generation;
  return post_entry(acc, e);
end $$;
