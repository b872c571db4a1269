import type { Knex } from 'knex'

/**
 * Redemption codes, who they go to, and what was mailed. A code belongs to no account until it is redeemed, so it is
 * found by the hash of its text; the text itself is nowhere.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create type code_state as enum ('valid', 'redeemed', 'replaced', 'refunded');

    create table codes (
      -- The account that redeemed it; unknown before.
      account_key uuid,
      product text not null,
      code_hash bytea not null,
      purchase text not null,
      -- 1 for the first code of a purchase, one more for each that replaces it.
      issue integer not null check (issue > 0),
      secret_version integer not null,
      state code_state not null default 'valid',
      -- What redeeming it gives, as it was when it was bought.
      terms jsonb not null,
      issued_at timestamptz not null,
      settled_at timestamptz,
      lot_id bigint,
      primary key (product, code_hash),
      unique (product, purchase, issue),
      constraint redeemed_by_somebody check ((state = 'redeemed') = (account_key is not null and lot_id is not null))
    ) with (fillfactor = 70);
    -- Of all codes of a purchase one is good at most, or was.
    create unique index codes_in_force on codes (product, purchase) where state in ('valid', 'redeemed');

    -- The only place for the addresses of a purchase: they go when the account is closed.
    create table purchase_contacts (
      account_key uuid not null,
      purchase text not null,
      buyer_email text,
      gift_to text,
      primary key (account_key, purchase)
    );

    create table mails (
      account_key uuid not null,
      mail_key text not null,
      message_id text not null,
      sent_at timestamptz not null default clock_timestamp(),
      primary key (account_key, mail_key)
    );

    -- Of wrong codes only; in the shape that rate-limiter-flexible asks for.
    create table guesses (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );

    -- Which sales Gumroad told us of and what became of them. Not what they contain: that is asked of Gumroad.
    create table gumroad_sales (
      product text not null,
      sale text not null,
      purchase text,
      outcome text not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, sale)
    );
    -- A purchase is paid by one sale; who pays twice gets twice.
    create unique index gumroad_sales_by_purchase on gumroad_sales (product, purchase) where purchase is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    drop table gumroad_sales, guesses, mails, purchase_contacts, codes;
    drop type code_state;
  `)
}
