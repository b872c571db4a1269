import type { Knex } from 'knex'

/** Webhooks: events, the endpoints that subscribe to them, and their deliveries. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    create table webhook_endpoints (
      product text not null,
      endpoint text not null,
      url text not null,
      -- The event types it subscribes to; null subscribes to all.
      events text[],
      -- [{issue, version, until?}], newest first. Secrets are derived from these; no secret is stored.
      signing_keys jsonb not null,
      created_at timestamptz not null,
      disabled_at timestamptz,
      disabled_because text check (disabled_because in ('gone', 'failing')),
      last_success_at timestamptz,
      primary key (product, endpoint)
    );

    -- Written in the transaction of their cause, and only while an endpoint subscribes to the type.
    create table webhook_events (
      account_key uuid not null,
      event text not null,
      event_no bigint generated always as identity,
      product text not null,
      type text not null,
      at timestamptz not null,
      data jsonb not null,
      -- Whether its deliveries exist.
      dispatched boolean not null default false,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, event)
    );
    create index webhook_events_to_dispatch on webhook_events (event_no) where not dispatched;
    create index webhook_events_by_age on webhook_events (recorded_at);

    create table webhook_deliveries (
      account_key uuid not null,
      event text not null,
      endpoint text not null,
      product text not null,
      delivery_no bigint generated always as identity,
      state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
      attempts integer not null default 0,
      started_at timestamptz not null default clock_timestamp(),
      next_attempt_at timestamptz not null default clock_timestamp(),
      last_attempt_at timestamptz,
      last_outcome text,
      primary key (account_key, event, endpoint)
    );
    create index webhook_deliveries_of_endpoint on webhook_deliveries (product, endpoint, delivery_no);
    create index webhook_deliveries_due on webhook_deliveries (product, endpoint, next_attempt_at) where state = 'pending';
  `)
}
