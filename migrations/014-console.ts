import type { Knex } from 'knex'

/** The console: who signed in, and their sessions. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    -- The activity log and approvals name a person by this id, which derives from the identity provider's.
    create table console_people (
      person text primary key,
      name text not null,
      email text,
      signed_in_at timestamptz not null
    );

    create table console_sessions (
      hash bytea primary key,
      person text not null references console_people,
      -- A link of a development start is exchanged once for a session.
      kind text not null check (kind in ('link', 'session')),
      -- The person's role by product when they signed in; * stands for every product.
      roles jsonb not null,
      expires_at timestamptz not null
    );
    create index console_sessions_by_expiry on console_sessions (expires_at);
  `)
}
