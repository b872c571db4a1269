import type { Knex } from 'knex'

/** Billing details, and the invoices and credit notes that were issued. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table billing_details (
      account_key uuid primary key references accounts,
      name text not null,
      address text[] not null,
      tax_id text
    );

    -- The last number of each series: invoices, credit notes, and those of accounts on a test clock.
    create table invoice_numbers (
      product text not null,
      series text not null,
      last bigint not null,
      primary key (product, series)
    );

    create table invoices (
      account_key uuid not null,
      invoice text not null,
      product text not null,
      series text not null,
      number bigint not null,
      shown_number text not null,
      issued_at timestamptz not null,
      due_at timestamptz not null,
      -- When a payment of the whole invoice was recorded.
      paid_at timestamptz,
      content jsonb not null,
      -- As it was at the time; closing the account deletes it.
      buyer jsonb,
      primary key (account_key, invoice),
      unique (product, series, number)
    );
  `)
}
