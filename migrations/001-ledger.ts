import type { Knex } from 'knex'

/**
 * The book: accounts, lots, holds, entries, and the memory of operation keys. Every table but the small reference
 * tables leads with account_key, so that it can be distributed by account. What an act writes has no foreign key to
 * accounts: every act locks its account's row first, and a key would look it up again for each row (docs/performance.md).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create type credit_state as enum ('issued', 'available', 'held', 'spent', 'expired', 'revoked');
    create type hold_state as enum
      ('reserved', 'committed', 'partially_refunded', 'refunded', 'timed_out', 'cancelled', 'refused');

    create table test_clocks (
      id text primary key,
      product text not null,
      now_at timestamptz not null
    );

    create table accounts (
      account_key uuid primary key,
      product text not null,
      account text not null,
      email text,
      time_zone text not null,
      stripe_customer text,
      test_clock text references test_clocks,
      created_at timestamptz not null,
      closed_at timestamptz,
      member_until timestamptz,
      -- Sums over the account's lots, kept by every act, so that no answer has to add them up.
      available bigint not null default 0,
      available_members_only bigint not null default 0,
      held bigint not null default 0,
      last_entry bigint not null default 0,
      head bytea not null,
      constraint sums_are_possible check (least(available - available_members_only, available_members_only, held) >= 0)
    ) with (fillfactor = 70);
    create index accounts_on_test_clock on accounts (test_clock) where test_clock is not null;

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
      revives bigint,
      terms jsonb not null,
      -- A column instead of "available > 0" in the index predicates keeps most updates of a lot in place (HOT).
      spendable boolean generated always as (available > 0) stored,
      primary key (account_key, lot_id),
      constraint lot_is_whole check (least(available, held, spent, expired, revoked) >= 0
        and granted = available + held + spent + expired + revoked)
    ) with (fillfactor = 70);
    create index lots_in_spending_order on lots (account_key, spend_key, lot_id) where spendable;
    create index lots_by_expiry on lots (account_key, expires_at) where spendable and expires_at is not null;
    create index lots_by_origin on lots (account_key, origin_type, origin_id);

    create table holds (
      account_key uuid not null,
      generation text not null,
      product text not null,
      state hold_state not null,
      operation text not null,
      outputs integer not null,
      unit_cost bigint not null,
      cost bigint not null,
      free_trial boolean not null,
      amount bigint not null,
      spent bigint not null default 0,
      refunded bigint not null default 0,
      -- [{lot, source, amount}] in draw order. What is delivered is spent from the front, what comes back is taken
      -- from the end, so spent and refunded say which part of each draw is still held.
      draws jsonb not null,
      items jsonb not null default '{}',
      closing jsonb,
      refusal jsonb,
      request jsonb not null,
      api_key text,
      reserved_at timestamptz not null,
      deadline timestamptz not null,
      settled_at timestamptz,
      primary key (account_key, generation),
      constraint hold_is_whole check (outputs > 0 and least(unit_cost, cost, spent, refunded) >= 0
        and case when state in ('reserved', 'refused') then spent + refunded <= amount else spent + refunded = amount end)
    ) with (fillfactor = 70);
    create unique index holds_by_generation on holds (product, generation);
    create index holds_open on holds (account_key, deadline) where state = 'reserved';

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

    create function entries_are_final() returns trigger language plpgsql as $$
    begin
      raise exception 'entries are never updated or deleted';
    end $$;
    create trigger entries_are_final before update or delete on entries
      for each row execute function entries_are_final();
    create trigger entries_are_not_truncated before truncate on entries
      for each statement execute function entries_are_final();

    create table operations (
      account_key uuid not null,
      operation_key text not null,
      fingerprint text not null,
      result jsonb not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, operation_key)
    );

    create table membership_periods (
      account_key uuid not null references accounts,
      started_at timestamptz not null,
      ended_at timestamptz not null,
      primary key (account_key, started_at),
      check (ended_at >= started_at)
    );
  `)
}

/** The functions of the book go first: they speak of these tables, and are installed anew by the next migration. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    do $$
    declare
      signature text;
    begin
      for signature in
        select oid::regprocedure from pg_proc
        where pronamespace = current_schema()::regnamespace and proname <> 'entries_are_final'
      loop
        execute 'drop function if exists ' || signature || ' cascade';
      end loop;
    end $$;
    drop table membership_periods, operations, entries, holds, lots, accounts, test_clocks;
    drop function entries_are_final;
    drop type credit_state, hold_state;
  `)
}
