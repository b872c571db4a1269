import type { Knex } from 'knex'

/** Who looks at an account's own page (only hashes of what they hold), and the order of its generation history. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table portal_sessions (
      account_key uuid not null references accounts,
      hash bytea not null,
      -- A link is exchanged once for a session.
      kind text not null check (kind in ('link', 'session')),
      expires_at timestamptz not null,
      used_at timestamptz,
      primary key (account_key, hash)
    );
    create index holds_by_time on holds (account_key, reserved_at desc, generation desc);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index holds_by_time; drop table portal_sessions')
}
