import type { Knex } from 'knex'

/**
 * To a planner that has no statistics yet every index that begins as the primary key does is as good, and it takes the one that was
 * made last: it looked for a hold among all of its account, for as long as the table was not analyzed. So the keys
 * are made again, after all other indexes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    alter table holds drop constraint holds_pkey;
    alter table holds add primary key (account_key, generation);
    alter table lots drop constraint lots_pkey;
    alter table lots add primary key (account_key, lot_id);
    alter table codes drop constraint codes_pkey;
    alter table codes add primary key (product, code_hash);
    alter table purchase_events drop constraint purchase_events_account_key_purchase_fkey;
    alter table purchases drop constraint purchases_pkey;
    alter table purchases add primary key (account_key, purchase);
    alter table purchase_events add foreign key (account_key, purchase) references purchases;
  `)
}

/** Which index was made first is nothing that anything before this relies on. */
export async function down(): Promise<void> {}
