import type { Knex } from 'knex'

/** Memberships: the status that the rules computed, beside the columns that SQL searches and compares. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table memberships (
      account_key uuid not null references accounts,
      membership text not null,
      product text not null,
      provider text not null,
      external_id text,
      status jsonb not null,
      -- The membership makes its account a member until then.
      covered_until timestamptz not null,
      next_due_at timestamptz,
      revision integer not null,
      primary key (account_key, membership)
    ) with (fillfactor = 70);
    create unique index memberships_by_id on memberships (product, membership);
    create unique index memberships_by_provider on memberships (product, provider, external_id)
      where external_id is not null;
    -- A subscription has one membership over all products, which may share an account at Stripe.
    create unique index memberships_by_subscription on memberships (external_id) where provider = 'stripe';
    create index memberships_by_plan on memberships (product, (status->>'plan'));
    create index memberships_due on memberships (account_key, next_due_at) where next_due_at is not null;
    -- Health checks search all accounts for late memberships.
    create index memberships_due_at on memberships (next_due_at) where next_due_at is not null;

    -- The input of each transition; an audit replays them.
    create table membership_transitions (
      account_key uuid not null,
      membership text not null,
      transition_no integer not null,
      at timestamptz not null,
      input jsonb not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, membership, transition_no),
      foreign key (account_key, membership) references memberships
    );

    -- The provider's ids of a membership's invoices and payments; later payment events find the membership by them.
    create table membership_references (
      product text not null,
      reference text not null,
      account_key uuid not null,
      membership text not null,
      primary key (product, reference),
      foreign key (account_key, membership) references memberships
    );

    -- Periods of membership, over all memberships of the account.
    create table membership_periods (
      account_key uuid not null references accounts,
      started_at timestamptz not null,
      ended_at timestamptz not null,
      primary key (account_key, started_at),
      check (ended_at >= started_at)
    );
  `)
}
