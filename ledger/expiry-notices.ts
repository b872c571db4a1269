import type { Book } from './act.ts'

/**
 * Tells of the credits of one account that expire in seven days or in one, once each (`credits.expiring`).
 * @param at the account's present time
 */
export async function announceExpiring(book: Book, account_key: string, at: Date): Promise<void> {
  await book.query('select announce_expiring($1, $2)', [account_key, at])
}

/** The same for the next accounts that live in real time. @returns how many accounts there were */
export async function announceNextExpiring(book: Book, at: Date, limit: number): Promise<number> {
  const { rows } = await book.query<{ accounts: number }>(
    'select announce_next_expiring($1, $2) as accounts',
    [at, limit],
  )
  return rows[0]?.accounts ?? 0
}

export const expiryNoticeFunctions = /* sql */ `
create or replace function notice_days() returns int[] language sql immutable as $$ select array[7, 1] $$;

-- Which notices of a lot fall due within (p_from, p_until] and were not given yet, in days before it expires. A lot that
-- never had so many days to live has no such notice.
create or replace function notices(l lots, p_from timestamptz, p_until timestamptz)
returns table (days int, notice_at timestamptz) language sql stable as $$
  select d, l.expires_at - d * interval '1 day' from unnest(notice_days()) d
  where l.expires_at - d * interval '1 day' > greatest(p_from, l.granted_at - interval '1 microsecond')
    and l.expires_at - d * interval '1 day' <= p_until
    and not exists (select from webhook_events e where e.account_key = l.account_key
      and e.event = event_id(l.account_key, 'credits.expiring', concat_ws('/', l.lot_id, d)))
$$;

-- What fell due within the last day: after that the notice would come too late to be true.
create or replace function announce_expiring(p_account uuid, p_at timestamptz) returns void language sql as $$
  insert into webhook_events (account_key, event, product, type, at, data)
    select a.account_key, event_id(a.account_key, 'credits.expiring', concat_ws('/', l.lot_id, n.days)), a.product,
      'credits.expiring', n.notice_at, jsonb_build_object('lot', l.lot_id::text, 'source', l.source, 'amount', l.available,
        'days', n.days, 'expires_at', iso(l.expires_at))
    from accounts a join lots l using (account_key)
    cross join lateral notices(l, p_at - interval '1 day', p_at) n
    where a.account_key = p_account and a.closed_at is null and is_wanted(a.product, 'credits.expiring')
      and l.spendable and l.expires_at > p_at
    order by l.expires_at, l.lot_id
    on conflict do nothing
$$;

create or replace function announce_next_expiring(p_at timestamptz, p_limit bigint) returns bigint language plpgsql as $$
declare
  found_accounts uuid[];
begin
  select array_agg(account_key) into found_accounts from (
    select distinct a.account_key
    from unnest(notice_days()) d
    join lots l on l.spendable and l.expires_at > p_at + (d - 1) * interval '1 day' and l.expires_at <= p_at + d * interval '1 day'
    join accounts a using (account_key)
    where a.test_clock is null and a.closed_at is null and is_wanted(a.product, 'credits.expiring')
      and exists (select from notices(l, p_at - interval '1 day', p_at))
    limit p_limit) due;
  perform announce_expiring(due, p_at) from unnest(found_accounts) due;
  return coalesce(cardinality(found_accounts), 0);
end $$;
`
