import type { Knex } from 'knex'

/** State of Lotkeeper's own background work, and what needs a person. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    -- How far each schedule has come. A run that is terminated loses nothing: the next one continues here.
    create table schedule_positions (
      schedule text primary key,
      position text not null,
      recorded_at timestamptz not null default clock_timestamp()
    ) with (fillfactor = 70);

    -- Why a person must look at something, a row for each reason. Approvals and unassigned payments have tables of their own.
    create table attention (
      product text not null,
      -- A purchase, membership, generation, audit, closure, webhook endpoint, the emails or a poll.
      subject text not null,
      subject_id text not null,
      kind text not null,
      id text not null generated always as
        ('att_' || left(md5(product || '/' || subject || '/' || subject_id || '/' || kind), 24)) stored,
      account_key uuid,
      detail text not null,
      -- By the account's clock.
      since timestamptz not null,
      primary key (product, subject, subject_id, kind)
    );
    create unique index attention_by_id on attention (product, id);
    create index attention_of_account on attention (account_key) where account_key is not null;
  `)
}
