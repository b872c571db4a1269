import type { Knex } from 'knex'

/**
 * Which events of Stripe came and what became of them. Not what they contain: that is asked of Stripe, and may name people.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table stripe_events (
      product text not null,
      event_id text not null,
      type text not null,
      object_id text,
      customer text,
      subscription text,
      livemode boolean not null,
      created_at timestamptz not null,
      outcome text not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, event_id)
    );
    create index accounts_by_stripe_customer on accounts (product, stripe_customer) where stripe_customer is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index accounts_by_stripe_customer')
  await knex.raw('drop table stripe_events')
}
