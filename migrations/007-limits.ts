import type { Knex } from 'knex'

/**
 * What the policies' limits need: counters, each with a count per window; what a hold counted, so that what comes back
 * is taken off again; what support set for one account; how many corrections the reports of a generation allow.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table counters (
      account_key uuid not null,
      counter text not null,
      period text not null,
      used bigint not null check (used >= 0),
      primary key (account_key, counter, period)
    ) with (fillfactor = 70);
    -- under_way: how many generations are reserved, kept by every act, so that no reservation has to count them.
    alter table accounts
      add column special jsonb not null default '{}',
      add column under_way bigint not null default 0;
    update accounts a set under_way = (select count(*) from holds where account_key = a.account_key and state = 'reserved');
    -- Of requests within a minute, in the shape that rate-limiter-flexible asks for; worth nothing after a crash.
    create unlogged table requests (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    ) with (fillfactor = 70);
    alter table holds add column counted jsonb, add column corrections_allowed integer not null default 0;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    alter table accounts drop column special, drop column under_way;
    drop table requests, counters;
    alter table holds drop column counted, drop column corrections_allowed;
  `)
}
