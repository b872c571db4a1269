import type { Knex } from 'knex'

/**
 * The ledger: lots, holds, entries, counters, remainders, debts, and the idempotency keys of commands.
 * Every table leads with account_key. Rows that commands write have no foreign key to accounts: the command has locked
 * the account's row, and a foreign key would look it up again for each row (docs/performance.md).
 * The primary keys of lots and holds are created after the other indexes: before the first ANALYZE the planner costs
 * all indexes with the same first column equally and uses the newest.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create type credit_state as enum ('issued', 'available', 'held', 'spent', 'expired', 'revoked');
    create type hold_state as enum
      ('reserved', 'committed', 'partially_refunded', 'refunded', 'timed_out', 'cancelled', 'refused');

    create table lots (
      account_key uuid not null references accounts,
      lot_id bigint generated always as identity,
      source text not null,
      granted bigint not null check (granted between 1 and 9007199254740991),
      available bigint not null,
      held bigint not null default 0,
      spent bigint not null default 0,
      expired bigint not null default 0,
      revoked bigint not null default 0,
      granted_at timestamptz not null,
      expires_at timestamptz,
      members_only boolean not null,
      spend_key text collate "C" not null,
      origin_type text not null,
      origin_id text not null,
      -- The expired lot whose returned credits this lot holds.
      replaces_lot_id bigint,
      terms jsonb not null,
      -- A column instead of "available > 0" in the index predicates keeps most updates of a lot in place (HOT).
      spendable boolean generated always as (available > 0) stored,
      constraint lot_is_whole check (least(available, held, spent, expired, revoked) >= 0
        and granted = available + held + spent + expired + revoked)
    ) with (fillfactor = 70);
    create index lots_in_spending_order on lots (account_key, spend_key, lot_id) where spendable;
    create index lots_by_expiry on lots (account_key, expires_at) where spendable and expires_at is not null;
    create index lots_by_origin on lots (account_key, origin_type, origin_id);
    create index lots_expiring on lots (expires_at, lot_id) where spendable and expires_at is not null;
    alter table lots add primary key (account_key, lot_id);

    create table holds (
      account_key uuid not null,
      generation text not null,
      product text not null,
      state hold_state not null,
      operation text not null,
      outputs integer not null,
      -- Null where a rate card or a maximum decides.
      unit_cost bigint,
      cost bigint not null,
      free_trial boolean not null,
      amount bigint not null,
      spent bigint not null default 0,
      refunded bigint not null default 0,
      -- [{lot, source, amount}] in draw order. Deliveries spend from the front and refunds return from the end, so spent
      -- and refunded tell which part of each draw is still held.
      draws jsonb not null,
      -- Outputs settled one by one, by number, and {kind, left, delivered} of all others, settled at once.
      items jsonb not null default '{}',
      rest jsonb,
      refusal jsonb,
      request jsonb not null,
      api_key text,
      reserved_at timestamptz not null,
      deadline timestamptz not null,
      settled_at timestamptz,
      -- [{counter, period, amount, per}] that the reservation added to counters.
      usage jsonb,
      corrections_allowed integer not null default 0,
      -- The terms of metered settlement, of late results and of extensions (domain/rates/terms.ts); null: there are none.
      terms jsonb,
      -- {lines, usage, reported, items, exact, charged, waived, debt}: what was reported and charged under these terms.
      metered jsonb,
      constraint hold_is_whole check (outputs > 0 and least(coalesce(unit_cost, 0), cost, spent, refunded) >= 0
        and case when state in ('reserved', 'refused') then spent + refunded <= amount else spent + refunded = amount end)
    ) with (fillfactor = 70);
    create unique index holds_by_generation on holds (product, generation text_pattern_ops);
    create index holds_open on holds (account_key, deadline) where state = 'reserved';
    create index holds_by_time on holds (account_key, reserved_at desc, generation desc);
    alter table holds add primary key (account_key, generation);

    -- Corrections are few, and lists of defects look for them.
    create index holds_correcting on holds (account_key, (request->>'correction_of')) where request->>'correction_of' is not null;

    -- Reports of defective results; items is null if they are about all outputs.
    create table defect_reports (
      account_key uuid not null,
      report_no bigint generated always as identity,
      generation text not null,
      items integer[],
      reason text,
      at timestamptz not null,
      primary key (account_key, report_no)
    );

    create table entries (
      account_key uuid not null,
      entry_no bigint not null,
      lot_id bigint not null,
      from_state credit_state not null,
      to_state credit_state not null check (to_state <> 'issued'),
      amount bigint not null check (amount > 0),
      reason text not null,
      operation text,
      generation text,
      api_key text,
      operation_key text not null,
      at timestamptz not null,
      recorded_at timestamptz not null,
      balance_after bigint not null check (balance_after >= 0),
      hash bytea not null,
      primary key (account_key, entry_no)
    );
    create index entries_without_generation on entries (account_key, entry_no) where generation is null;
    create trigger entries_are_final before update or delete on entries
      for each row execute function forbid_changes();
    create trigger entries_are_not_truncated before truncate on entries
      for each statement execute function forbid_changes();

    create table idempotency_records (
      account_key uuid not null,
      operation_key text not null,
      fingerprint text not null,
      result jsonb not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, operation_key)
    );

    -- Usage per limit and period.
    create table counters (
      account_key uuid not null,
      counter text not null,
      period text not null,
      used bigint not null check (used >= 0),
      primary key (account_key, counter, period)
    ) with (fillfactor = 70);

    -- The fraction of a credit that generations of an operation have cost and nobody has paid yet.
    create table remainders (
      account_key uuid not null,
      operation text not null,
      credits numeric(13, 12) not null check (credits >= 0 and credits < 1),
      primary key (account_key, operation)
    );

    -- Credits that were taken back and may have to be restored, lot by lot.
    create table clawbacks (
      account_key uuid not null,
      cause text not null,
      lot_id bigint not null,
      amount bigint not null check (amount > 0),
      primary key (account_key, cause, lot_id)
    );

    -- Credits that a clawback could not take because they were spent; later grants pay them first.
    create table debts (
      account_key uuid not null,
      cause text not null,
      amount bigint not null check (amount > 0),
      paid bigint not null default 0 check (paid between 0 and amount),
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, cause)
    );
  `)
}
