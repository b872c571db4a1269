import type { Knex } from 'knex'

/** Memberships as the rules see them (status), with what the book itself has to find and compare beside it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table memberships (
      account_key uuid not null references accounts,
      membership text not null,
      product text not null,
      provider text not null,
      external_id text,
      status jsonb not null,
      -- Until when it makes its account a member.
      covered_until timestamptz not null,
      next_due_at timestamptz,
      moves integer not null,
      primary key (account_key, membership)
    ) with (fillfactor = 70);
    create unique index memberships_by_id on memberships (product, membership);
    create unique index memberships_by_provider on memberships (product, provider, external_id)
      where external_id is not null;
    create index memberships_due on memberships (account_key, next_due_at) where next_due_at is not null;

    create table membership_events (
      account_key uuid not null,
      membership text not null,
      event_no integer not null,
      at timestamptz not null,
      what text not null,
      detail jsonb,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, membership, event_no),
      foreign key (account_key, membership) references memberships
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table membership_events, memberships')
}
