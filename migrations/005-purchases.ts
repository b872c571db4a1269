import type { Knex } from 'knex'

/**
 * Purchases as the rules see them (status), their timeline, what providers told of payments, and what chargebacks took.
 * News of a payment may come before its purchase is known, so that table and the references lead with the product.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table purchases (
      account_key uuid not null references accounts,
      purchase text not null,
      product text not null,
      provider text not null,
      status jsonb not null,
      bought_at timestamptz not null,
      next_due_at timestamptz,
      moves integer not null,
      primary key (account_key, purchase)
    ) with (fillfactor = 70);
    create unique index purchases_by_id on purchases (product, purchase);
    create index purchases_by_time on purchases (account_key, bought_at, purchase);
    create index purchases_due on purchases (account_key, next_due_at) where next_due_at is not null;

    create table purchase_events (
      account_key uuid not null,
      purchase text not null,
      event_no integer not null,
      at timestamptz not null,
      what text not null,
      detail jsonb,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, purchase, event_no),
      foreign key (account_key, purchase) references purchases
    );

    -- The provider's own ids of a payment, by which its later news find the purchase.
    create table payment_references (
      product text not null,
      provider text not null,
      reference text not null,
      account_key uuid not null,
      purchase text not null,
      primary key (product, provider, reference)
    );
    create index payment_references_of_purchase on payment_references (account_key, purchase);

    -- What a provider told or answered of a payment: amounts and ids, nothing about persons.
    create table payment_news (
      product text not null,
      provider text not null,
      event_id text not null,
      purchase text,
      payment_references text[] not null,
      news jsonb not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, provider, event_id)
    );
    create index payment_news_of_purchase on payment_news (product, purchase) where purchase is not null;
    create index payment_news_by_reference on payment_news using gin (payment_references);

    -- Credits that were taken back and may have to be restored, lot by lot.
    create table clawbacks (
      account_key uuid not null,
      cause text not null,
      lot_id bigint not null,
      amount bigint not null check (amount > 0),
      primary key (account_key, cause, lot_id)
    );
    -- Credits that should have been taken back and were spent already: later grants pay them first.
    create table debts (
      account_key uuid not null,
      cause text not null,
      amount bigint not null check (amount > 0),
      paid bigint not null default 0 check (paid between 0 and amount),
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, cause)
    );
    alter table accounts add column debt bigint not null default 0 check (debt >= 0);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table accounts drop column debt')
  await knex.raw('drop table debts, clawbacks, payment_news, payment_references, purchase_events, purchases')
}
