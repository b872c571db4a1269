import type { Knex } from 'knex'

/** What is late is found over all accounts at once, each time somebody measures: these hold only what may be. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create index memberships_due_at on memberships (next_due_at) where next_due_at is not null;
    create index purchases_delayed on purchases (product) where status->>'state' = 'delayed';
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index memberships_due_at; drop index purchases_delayed')
}
