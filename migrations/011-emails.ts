import type { Knex } from 'knex'

/** The queue of emails to customers. It holds no address and no text: both are read when an email is sent. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    -- Written in the transaction of their cause.
    create table emails (
      account_key uuid not null,
      kind text not null,
      -- The purchase, compensation or other thing that it is about: each has one email of a kind.
      subject text not null,
      email_no bigint generated always as identity,
      product text not null,
      at timestamptz not null,
      state text not null default 'queued' check (state in ('queued', 'sent', 'not_sent')),
      -- Whether the product's workflow was told.
      dispatched boolean not null default false,
      attempts integer not null default 0,
      started_at timestamptz not null default clock_timestamp(),
      next_attempt_at timestamptz not null default clock_timestamp(),
      last_outcome text,
      primary key (account_key, kind, subject)
    );
    create index emails_to_dispatch on emails (email_no) where not dispatched;
    create index emails_due on emails (product, next_attempt_at) where state = 'queued';
  `)
}
