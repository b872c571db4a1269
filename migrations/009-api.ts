import type { Knex } from 'knex'

/** API keys, the responses stored under Idempotency-Key headers, and the request counts of rate limits. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table api_keys (
      id text primary key,
      product text not null,
      name text not null,
      scope text not null check (scope in ('read', 'generate', 'manage', 'support', 'admin')),
      hash bytea not null unique,
      created_at timestamptz not null default clock_timestamp(),
      revoked_at timestamptz,
      -- The key or the person that requested this one; null for keys created on the server.
      created_by text
    );
    create index api_keys_of_product on api_keys (product, id);

    create table idempotent_responses (
      product text not null,
      idempotency_key text not null,
      fingerprint text not null,
      status integer not null,
      body jsonb not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (product, idempotency_key)
    );

    -- Requests per minute; rate-limiter-flexible defines the columns. Unlogged: the counts are worthless after a crash.
    create unlogged table requests (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    ) with (fillfactor = 70);
  `)
}
