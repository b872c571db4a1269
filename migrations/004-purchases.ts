import type { Knex } from 'knex'

/**
 * Purchases: status, and the payment events that providers sent. A payment event may arrive before its purchase
 * is known, so payment tables lead with the product.
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
      revision integer not null
    ) with (fillfactor = 70);
    create unique index purchases_by_id on purchases (product, purchase);
    create index purchases_by_prefix on purchases (product, purchase text_pattern_ops);
    create index purchases_by_time on purchases (account_key, bought_at, purchase);
    create index purchases_due on purchases (account_key, next_due_at) where next_due_at is not null;
    -- Health checks search all accounts for delayed purchases.
    create index purchases_delayed on purchases (product) where status->>'state' = 'delayed';
    -- After the other indexes, as in 002-ledger.
    alter table purchases add primary key (account_key, purchase);

    -- The only place for the addresses of a purchase; closing the account deletes them.
    create table purchase_contacts (
      account_key uuid not null,
      purchase text not null,
      buyer_email text,
      gift_to text,
      primary key (account_key, purchase)
    );
    -- Support finds purchases by an address.
    create index purchase_contacts_by_buyer on purchase_contacts (lower(buyer_email) text_pattern_ops) where buyer_email is not null;
    create index purchase_contacts_by_recipient on purchase_contacts (lower(gift_to) text_pattern_ops) where gift_to is not null;

    -- The provider's own ids of a payment; later payment events find the purchase by them.
    create table payment_references (
      product text not null,
      provider text not null,
      reference text not null,
      account_key uuid not null,
      purchase text not null,
      primary key (product, provider, reference)
    );
    create index payment_references_by_reference on payment_references (product, reference text_pattern_ops);
    create index payment_references_of_purchase on payment_references (account_key, purchase);

    -- Amounts and ids that a provider reported about a payment; no personal data.
    create table payment_events (
      product text not null,
      provider text not null,
      event_id text not null,
      purchase text,
      payment_references text[] not null,
      event jsonb not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, provider, event_id)
    );
    create index payment_events_of_purchase on payment_events (product, purchase) where purchase is not null;
    create index payment_events_by_reference on payment_events using gin (payment_references);

    -- Payments that carry a mark of ours and fit no purchase, each until a person assigns or dismisses it. No personal data.
    create table unassigned_payments (
      product text not null,
      provider text not null,
      payment text not null,
      amount bigint,
      currency text,
      outcome text not null default 'unassigned',
      purchase text,
      actor text,
      reason text,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, payment)
    );
    create index unassigned_payments_open on unassigned_payments (product, recorded_at, payment)
      where outcome = 'unassigned';

    -- Events that Stripe sent and their outcome. Their content may hold personal data and is read from Stripe.
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

    -- Subscriptions of Stripe that belong to no open account, until they do. A marked one waits for a person.
    create table unassigned_subscriptions (
      product text not null,
      subscription text not null,
      reason text not null,
      marked boolean not null,
      account text,
      stated_product text,
      customer text,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, subscription)
    );

    -- Sales that Gumroad reported and their outcome. Their content is read from Gumroad.
    create table gumroad_sales (
      product text not null,
      sale text not null,
      purchase text,
      outcome text not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, sale)
    );
    -- One sale pays one purchase; a second payment is a second purchase.
    create unique index gumroad_sales_by_purchase on gumroad_sales (product, purchase) where purchase is not null;
  `)
}
