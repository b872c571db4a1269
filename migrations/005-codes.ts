import type { Knex } from 'knex'

/**
 * Redemption codes, and the emails that carried them. A code belongs to no account until it is redeemed, so its key is the
 * hash of its text, which is not stored.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create type code_state as enum ('valid', 'redeemed', 'replaced', 'refunded');

    create table codes (
      -- The account that redeemed it; null before.
      account_key uuid,
      product text not null,
      code_hash bytea not null,
      purchase text not null,
      -- 1 for the first code of a purchase, one more for each replacement.
      issue integer not null check (issue > 0),
      secret_version integer not null,
      state code_state not null default 'valid',
      -- The grant for redeeming it, as sold.
      terms jsonb not null,
      issued_at timestamptz not null,
      settled_at timestamptz,
      lot_id bigint,
      unique (product, purchase, issue),
      constraint redeemed_by_account check ((state = 'redeemed') = (account_key is not null and lot_id is not null))
    ) with (fillfactor = 70);
    -- At most one code of a purchase is valid or redeemed.
    create unique index codes_in_force on codes (product, purchase) where state in ('valid', 'redeemed');
    -- After the other indexes, as in 002-ledger.
    alter table codes add primary key (product, code_hash);

    create table sent_emails (
      account_key uuid not null,
      email_key text not null,
      message_id text not null,
      sent_at timestamptz not null default clock_timestamp(),
      primary key (account_key, email_key)
    );

    -- Wrong codes per account; rate-limiter-flexible defines the columns.
    create table code_attempts (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
  `)
}
