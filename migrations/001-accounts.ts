import type { Knex } from 'knex'

/** Accounts, their test clocks, portal sessions, and the log of support actions. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    -- For the triggers of tables whose rows are final.
    create function forbid_changes() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are never updated or deleted', tg_table_name;
    end $$;

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
      -- Of emails; null: as the policy says.
      language text check (language in ('en', 'de', 'ko')),
      stripe_customer text,
      test_clock text references test_clocks,
      created_at timestamptz not null,
      closed_at timestamptz,
      -- When its closing was requested.
      closing_at timestamptz,
      member_until timestamptz,
      -- Sums over the account's lots, debts and open holds. Every command maintains them, so that no read adds up rows.
      available bigint not null default 0,
      available_members_only bigint not null default 0,
      held bigint not null default 0,
      debt bigint not null default 0 check (debt >= 0),
      open_holds bigint not null default 0,
      -- The number and hash of the newest entry: the head of the hash chain.
      last_entry bigint not null default 0,
      head bytea not null,
      -- Limits that support set for this account; they override the policy's.
      limit_overrides jsonb not null default '{}',
      -- The membership that began with the account's trial, which a plan offers once.
      trial_membership text,
      constraint sums_are_possible check (least(available - available_members_only, available_members_only, held) >= 0)
    ) with (fillfactor = 70);
    create index accounts_closing on accounts (closing_at) where closing_at is not null and closed_at is null;
    create index accounts_on_test_clock on accounts (test_clock) where test_clock is not null;
    create unique index accounts_by_stripe_customer on accounts (product, stripe_customer) where stripe_customer is not null;
    -- text_pattern_ops: support searches by the beginning of an address or a name.
    create index accounts_by_email on accounts (product, lower(email) text_pattern_ops) where email is not null;
    create index accounts_by_name on accounts (product, account text_pattern_ops);
    -- Support lists accounts, newest first, or those of few: the ones that were members once, and closed ones.
    create index accounts_by_age on accounts (product, created_at, account_key);
    create index accounts_with_membership on accounts (product, created_at, account_key) where member_until is not null;
    create index accounts_closed on accounts (product, created_at, account_key) where closed_at is not null;

    create table portal_sessions (
      account_key uuid not null references accounts,
      hash bytea not null,
      -- A link is exchanged once for a session.
      kind text not null check (kind in ('link', 'session')),
      expires_at timestamptz not null,
      used_at timestamptz,
      -- Where the page leads back to, and its language; the session takes both from its link.
      return_url text,
      locale text check (locale in ('en', 'de', 'ko')),
      primary key (account_key, hash)
    );

    -- Written before the action runs; the action was done once idempotency_records has its key.
    create table activity_log (
      account_key uuid not null,
      log_no bigint generated always as identity,
      operation_key text not null,
      key_id text not null,
      actor text not null,
      action text not null,
      reason text,
      detail jsonb not null,
      at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, log_no),
      unique (account_key, operation_key, key_id)
    );
    create trigger activity_log_is_final before update or delete on activity_log
      for each row execute function forbid_changes();
    create trigger activity_log_is_not_truncated before truncate on activity_log
      for each statement execute function forbid_changes();

    -- The timelines of memberships and purchases.
    create table timeline_events (
      account_key uuid not null,
      subject text not null check (subject in ('membership', 'purchase')),
      subject_id text not null,
      event_no integer not null,
      at timestamptz not null,
      what text not null,
      detail jsonb,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, subject, subject_id, event_no)
    );

    create table approvals (
      account_key uuid not null,
      approval text not null,
      product text not null,
      kind text not null check (kind in ('compensation', 'audit', 'refund')),
      subject text not null,
      -- Of a refund: what it moves, and its reason.
      request jsonb,
      asked_by text not null,
      asked_at timestamptz not null,
      approved_by text,
      approved_at timestamptz,
      declined_by text,
      declined_at timestamptz,
      decline_reason text,
      primary key (account_key, approval),
      constraint approved_by_another_key check (approved_by <> asked_by),
      constraint decided_once check (approved_by is null or declined_by is null)
    );
    create unique index approvals_by_id on approvals (product, approval);
    create index approvals_open on approvals (product, asked_at)
      where approved_by is null and declined_by is null;
  `)
}
