import type { Knex } from 'knex'

/** Audits, their corrections, the seals of broken hash chains, and the newest result of each account. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table audits (
      account_key uuid not null,
      audit text not null,
      product text not null,
      state text not null check (state in ('running', 'awaiting_approval', 'done', 'declined')),
      asked_by text not null,
      asked_at timestamptz not null,
      -- Findings, repairs, and the message to the customer.
      report jsonb,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, audit)
    );
    create index audits_unfinished on audits (recorded_at) where state in ('running', 'awaiting_approval');
    create unique index audits_by_id on audits (product, audit);

    -- Credits that a repair granted in place of a missing grant, or took from a lot. Entries hold the rest.
    create table audit_corrections (
      account_key uuid not null,
      correction_no bigint generated always as identity,
      audit text not null,
      -- The operation key of the grant that it replaces.
      subject text not null,
      lot_id bigint not null,
      credits bigint not null check (credits <> 0),
      primary key (account_key, correction_no)
    );

    -- Broken links of the hash chain, accepted as they are because entries are final. digest is the hash that the entry
    -- should have had.
    create table chain_seals (
      account_key uuid not null,
      entry_no bigint not null,
      digest bytea not null,
      audit text not null,
      -- The number of missing entries after this one, by the account's count.
      lost bigint not null default 0,
      sealed_at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, entry_no, digest)
    );
    create trigger chain_seals_are_final before update or delete on chain_seals
      for each row execute function forbid_changes();
    create trigger chain_seals_are_not_truncated before truncate on chain_seals
      for each statement execute function forbid_changes();

    create table audit_results (
      account_key uuid primary key,
      product text not null,
      audited_at timestamptz not null,
      findings integer not null check (findings >= 0),
      credits bigint not null check (credits >= 0)
    ) with (fillfactor = 70);
    create index audit_results_open on audit_results (product) where findings > 0;
  `)
}
