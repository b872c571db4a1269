import type { Knex } from 'knex'

/** Campaigns and compensations. A campaign belongs to a product, not to an account. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table campaigns (
      product text not null,
      campaign text not null,
      fingerprint text not null,
      terms jsonb not null,
      -- The name of the key, or the person; and what entries show, which customers see.
      asked_by text not null,
      api_key text not null,
      state text not null check (state in ('running', 'paused', 'waiting', 'done')),
      started_at timestamptz not null,
      until_at timestamptz,
      -- The last account examined in the current round; null at the start of a round.
      position uuid,
      looked_at bigint not null default 0,
      granted bigint not null default 0,
      primary key (product, campaign)
    );
    create index campaigns_open on campaigns (product, until_at) where until_at is not null;

    create table compensations (
      account_key uuid not null,
      compensation text not null,
      generation text,
      cause text not null,
      lost bigint not null check (lost > 0),
      bonus bigint not null check (bonus >= 0),
      reason text,
      asked_at timestamptz not null,
      given_at timestamptz,
      declined_at timestamptz,
      primary key (account_key, compensation)
    );
    create unique index compensations_of_generation on compensations (account_key, generation)
      where generation is not null and declined_at is null;
  `)
}
