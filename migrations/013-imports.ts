import type { Knex } from 'knex'

/** Imports from another system: their lines while they are applied, and what each made, so that nothing is made twice. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table imports (
      product text not null,
      import text not null,
      -- Of the files, by which a repeated import is recognised.
      digest text not null,
      -- The time that the records describe: when the old system was frozen.
      as_of timestamptz not null,
      state text not null check (state in ('applying', 'applied', 'undoing', 'undone')),
      -- The last account whose lots were made, or undone.
      position uuid,
      report jsonb not null,
      started_at timestamptz not null default clock_timestamp(),
      primary key (product, import)
    );
    create unique index imports_in_force on imports (product, digest) where state <> 'undone';

    -- The lines of an import until it is applied.
    create table import_rows (
      product text not null,
      import text not null,
      kind text not null check (kind in ('accounts', 'lots', 'memberships', 'codes')),
      id text not null,
      -- Null for codes.
      account_key uuid,
      account text,
      file text not null,
      line bigint not null,
      fingerprint text not null,
      record jsonb not null
    );
    create index import_rows_by_account on import_rows (product, import, account_key, kind);
    create index import_rows_by_id on import_rows (product, import, kind, id);

    -- What was imported, by the old system's ids.
    create table imported_records (
      product text not null,
      kind text not null,
      id text not null,
      import text not null,
      fingerprint text not null,
      account_key uuid,
      lot_id bigint,
      membership text,
      primary key (product, kind, id)
    );
    create index imported_records_by_import on imported_records (product, import, account_key);
  `)
}
