import type { MembershipGrant } from '../../domain/memberships/grants.ts'
import type { Happening, Membership } from '../../domain/memberships/membership.ts'
import type { Told } from '../../domain/memberships/transitions.ts'
import { membershipEvents } from '../../domain/webhooks/events.ts'
import type { Account } from '../accounts/accounts.ts'
import { type Command, command, type Db, type Replayable, type Totals } from '../core/command.ts'

/** One move of a membership: how it stands afterwards, and the credits that fell due, each under a key of its own. */
export type MembershipMove = {
  product: string
  membership: string
  provider: string
  external_id: string | null
  /** how many moves there were before; a move made in between lets this one fail, to be decided anew */
  moves: number
  status: Membership
  /** what it was decided on, kept so that it can be decided again */
  told: Told
  covered_until: string
  next_due_at: string | null
  grants: MembershipGrant[]
  happenings: Happening[]
}

export type MembershipOnBook = {
  account_key: string
  membership: string
  provider: string
  external_id: string | null
  status: Membership
  moves: number
} & Pick<Account, 'account' | 'clock_now' | 'test_clock'>

/**
 * Records a move of a membership and its grants, all or nothing; credits that were given before under the same key are
 * not given again. The account is a member until the last of its memberships ends.
 * @param event what caused the move: the same operation key with another event is an error
 */
export function saveMembership(
  db: Db,
  which: Command,
  event: unknown,
  move: MembershipMove,
): Promise<{ status: Membership; totals: Totals } & Replayable> {
  return command(db, 'save_membership', which, event, { ...move, events: membershipEvents })
}

/** The operation key of an event of a membership: the same event id again is the same event. */
export function membershipEventKey(membership: string, eventId: string): string {
  return `membership/${membership}/event/${eventId}`
}

/** A membership of a product by its id, or null. */
export async function findMembership(db: Db, product: string, id: string): Promise<MembershipOnBook | null> {
  const { rows } = await db.query<MembershipOnBook>({
    name: 'find_membership',
    text: `select m.account_key, m.membership, m.provider, m.external_id, m.status, m.moves, a.account, a.test_clock,
        c.now_at as clock_now
      from memberships m join accounts a using (account_key) left join test_clocks c on c.id = a.test_clock
      where m.product = $1 and m.membership = $2`,
    values: [product, id],
  })
  return rows[0] ?? null
}

/** All memberships of an account, in the order in which they were begun. */
export async function listMemberships(
  db: Db,
  account_key: string,
): Promise<Pick<MembershipOnBook, 'membership' | 'provider' | 'external_id' | 'status'>[]> {
  const { rows } = await db.query({
    name: 'list_memberships',
    text: `select membership, provider, external_id, status from memberships where account_key = $1
      order by status->>'anchor', membership`,
    values: [account_key],
  })
  return rows
}

/** What happened to a membership, oldest first. */
export async function membershipHistory(db: Db, account_key: string, id: string): Promise<Happening[]> {
  const { rows } = await db.query<Happening>(
    `select iso(at) as at, what, detail from membership_events where account_key = $1 and membership = $2
     order by event_no`,
    [account_key, id],
  )
  return rows
}

export const membershipMoveFunctions = /* sql */ `
create or replace function save_membership(p_account uuid, p_key text, p_fingerprint text, p_at timestamptz, p jsonb)
returns jsonb language plpgsql as $$
declare
  acc accounts;
  credits jsonb;
  put record;
  news jsonb;
  answer jsonb := open_act(p_account, p_key, p_fingerprint);
begin
  if answer is not null then
    return answer;
  end if;
  insert into memberships (account_key, membership, product, provider, external_id, status, covered_until, next_due_at,
                           moves)
    values (p_account, p->>'membership', p->>'product', p->>'provider', p->>'external_id', p->'status',
            (p->>'covered_until')::timestamptz, (p->>'next_due_at')::timestamptz, 1)
    on conflict (account_key, membership) do update set
      status = excluded.status, covered_until = excluded.covered_until, next_due_at = excluded.next_due_at,
      external_id = coalesce(excluded.external_id, memberships.external_id), moves = memberships.moves + 1
      where memberships.moves = (p->>'moves')::integer;
  if not found then
    raise exception 'membership % was moved by somebody else meanwhile', p->>'membership';
  end if;
  -- One without it was made by an older version.
  insert into membership_moves (account_key, membership, move_no, at, told)
    select p_account, p->>'membership', (p->>'moves')::integer + 1, p_at, p->'told' where p->'told' is not null;
  with happened as (
    insert into membership_events (account_key, membership, event_no, at, what, detail)
      select p_account, p->>'membership',
          (select coalesce(max(event_no), 0) from membership_events
            where account_key = p_account and membership = p->>'membership') + n,
          (h->>'at')::timestamptz, h->>'what', h->'detail'
        from jsonb_array_elements(p->'happenings') with ordinality as t(h, n)
      returning event_no, at, what, detail
  )
  select jsonb_agg(happened order by event_no) into news from happened where p->'events' ? what;
  acc := cover_until(p_account, p_at,
    (select max(covered_until) from memberships where account_key = p_account));
  perform tell_of_happenings(acc, news, p->'events', jsonb_build_object(
    'membership', p->>'membership', 'plan', p->'status'->>'plan', 'slots', p->'status'->'slots'));
  acc := book_expiries(acc, p_at);
  for credits in select * from jsonb_array_elements(p->'grants') loop
    insert into operations (account_key, operation_key, fingerprint, result)
      values (p_account, credits->>'key', credits->>'key', '{}') on conflict do nothing;
    if found then
      put := put_lot(acc, credits->>'key', (credits->>'at')::timestamptz, credits);
      acc := put.acc;
    end if;
  end loop;
  return close_act(acc, p_key, p_fingerprint, p_at, jsonb_build_object('status', p->'status'));
end $$;
`
