import type { Knex } from 'knex'

/**
 * What an audit needs: what each move of a membership was decided on, what audits corrected, where a broken chain was
 * sealed, and how far each account's book was from what it should be when it was last looked at.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table membership_moves (
      account_key uuid not null,
      membership text not null,
      move_no integer not null,
      at timestamptz not null,
      told jsonb not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, membership, move_no),
      foreign key (account_key, membership) references memberships
    );

    drop table audits;
    create table audits (
      account_key uuid not null,
      audit text not null,
      product text not null,
      state text not null check (state in ('running', 'awaiting_approval', 'done')),
      asked_by text not null,
      asked_at timestamptz not null,
      -- What was found, what was done about it, and what the customer is told.
      report jsonb,
      primary key (account_key, audit)
    );
    create unique index audits_by_id on audits (product, audit);

    -- What a correction gave for a grant that should have been made, or took of a lot; entries have the rest.
    create table audit_corrections (
      account_key uuid not null,
      correction_no bigint generated always as identity,
      audit text not null,
      -- The key of the grant that it stands for.
      subject text not null,
      lot_id bigint not null,
      credits bigint not null check (credits <> 0),
      primary key (account_key, correction_no)
    );

    -- A link of the chain that does not fit and cannot be made to, since entries are final: it counts as it stood
    -- when it was sealed. digest is what its hash should have been.
    create table chain_seals (
      account_key uuid not null,
      entry_no bigint not null,
      digest bytea not null,
      audit text not null,
      -- Entries that the account remembered after this one, and that were gone.
      lost bigint not null default 0,
      sealed_at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, entry_no, digest)
    );
    create function chain_seals_are_final() returns trigger language plpgsql as $$
    begin
      raise exception 'seals of the chain are never updated or deleted';
    end $$;
    create trigger chain_seals_are_final before update or delete on chain_seals
      for each row execute function chain_seals_are_final();
    create trigger chain_seals_are_not_truncated before truncate on chain_seals
      for each statement execute function chain_seals_are_final();

    create table audit_standings (
      account_key uuid primary key,
      product text not null,
      audited_at timestamptz not null,
      findings integer not null check (findings >= 0),
      credits bigint not null check (credits >= 0)
    ) with (fillfactor = 70);
    create index audit_standings_open on audit_standings (product) where findings > 0;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    drop table audit_standings, chain_seals, audit_corrections, membership_moves, audits;
    drop function chain_seals_are_final;
    create table audits (
      account_key uuid not null,
      audit text not null,
      product text not null,
      asked_by text not null,
      asked_at timestamptz not null,
      report jsonb,
      primary key (account_key, audit)
    );
    create unique index audits_by_id on audits (product, audit);
  `)
}
