import type { Knex } from 'knex'

/** State of Lotkeeper's own background work. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    -- How far each schedule has come. A run that is terminated loses nothing: the next one continues here.
    create table schedule_positions (
      schedule text primary key,
      position text not null,
      recorded_at timestamptz not null default clock_timestamp()
    ) with (fillfactor = 70);
  `)
}
