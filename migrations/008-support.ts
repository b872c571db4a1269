import type { Knex } from 'knex'

/**
 * What support and operations do: the trail of their acts, compensations, approvals by a second person, campaigns,
 * audits.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    -- Who asked for what, and why. It is written before the act; the act was done when operations has its key.
    create table trail (
      account_key uuid not null,
      line_no bigint generated always as identity,
      operation_key text not null,
      key_id text not null,
      who text not null,
      what text not null,
      why text,
      detail jsonb not null,
      at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (account_key, line_no),
      unique (account_key, operation_key, key_id)
    );
    create function trail_is_final() returns trigger language plpgsql as $$
    begin
      raise exception 'the trail is never updated or deleted';
    end $$;
    create trigger trail_is_final before update or delete on trail
      for each row execute function trail_is_final();
    create trigger trail_is_not_truncated before truncate on trail
      for each statement execute function trail_is_final();

    create table approvals (
      account_key uuid not null,
      approval text not null,
      product text not null,
      kind text not null check (kind in ('compensation', 'audit')),
      subject text not null,
      asked_by text not null,
      asked_at timestamptz not null,
      approved_by text,
      approved_at timestamptz,
      primary key (account_key, approval),
      constraint approved_by_somebody_else check (approved_by <> asked_by)
    );
    create unique index approvals_by_id on approvals (product, approval);

    create table compensations (
      account_key uuid not null,
      compensation text not null,
      generation text,
      cause text not null,
      lost bigint not null check (lost > 0),
      bonus bigint not null check (bonus >= 0),
      reason text,
      asked_at timestamptz not null,
      given_at timestamptz,
      primary key (account_key, compensation)
    );
    create unique index compensations_of_generation on compensations (account_key, generation)
      where generation is not null;

    -- A campaign belongs to a product and to no account.
    create table campaigns (
      product text not null,
      campaign text not null,
      fingerprint text not null,
      terms jsonb not null,
      asked_by text not null,
      state text not null check (state in ('running', 'paused', 'waiting', 'done')),
      begun_at timestamptz not null,
      until_at timestamptz,
      -- The last account that was looked at in the round that runs; null when a round begins.
      position uuid,
      looked_at bigint not null default 0,
      granted bigint not null default 0,
      primary key (product, campaign)
    );
    create index campaigns_open on campaigns (product, until_at) where until_at is not null;

    create table audits (
      account_key uuid not null,
      audit text not null,
      product text not null,
      asked_by text not null,
      asked_at timestamptz not null,
      report jsonb,
      primary key (account_key, audit)
    );
    create unique index audits_by_id on audits (product, audit);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    drop table audits, campaigns, compensations, approvals, trail;
    drop function trail_is_final;
  `)
}
