import type { Book } from './act.ts'

export type SourceBalance = { available: number; held: number; frozen: number }

export type Balance = SourceBalance & {
  as_of: string
  /** what a chargeback took that was already spent; as it stands now, also beside a past balance */
  debt: number
  by_source: Record<string, SourceBalance>
  next_expiry: { at: string; amount: number } | null
}

/** What an account has now. @param at now, by the account's clock */
export function balance(book: Book, account_key: string, at: Date): Promise<Balance> {
  return readBalance(book, account_key, at, false)
}

/** What an account had at a past time: the sum of its entries until then, and what was frozen then. */
export function balanceAt(book: Book, account_key: string, at: Date): Promise<Balance> {
  return readBalance(book, account_key, at, true)
}

async function readBalance(book: Book, account_key: string, at: Date, past: boolean): Promise<Balance> {
  const { rows } = await book.query<{ balance: Balance }>({
    name: 'balance',
    text: 'select balance($1, $2, $3) as balance',
    values: [account_key, at, past],
  })
  if (!rows[0]) throw new Error('the book gave no balance')
  return rows[0].balance
}

export const balanceFunctions = /* sql */ `
-- What each lot holds at a time: as it stands, or, for the past, as its entries until then add up.
create or replace function lot_positions(p_account uuid, p_at timestamptz, p_past boolean)
returns table (lot_id bigint, available numeric, held numeric) language plpgsql stable as $$
begin
  if not p_past then
    return query select l.lot_id, l.available::numeric, l.held::numeric from lots l
      where l.account_key = p_account and (l.spendable or l.held > 0);
  else
    return query select e.lot_id,
      coalesce(sum(e.amount) filter (where e.to_state = 'available'), 0)
        - coalesce(sum(e.amount) filter (where e.from_state = 'available'), 0),
      coalesce(sum(e.amount) filter (where e.to_state = 'held'), 0)
        - coalesce(sum(e.amount) filter (where e.from_state = 'held'), 0)
      from entries e where e.account_key = p_account and e.at <= p_at group by e.lot_id;
  end if;
end $$;

create or replace function balance(p_account uuid, p_at timestamptz, p_past boolean) returns jsonb
language sql stable as $$
  with member as (
    select exists (select from membership_periods
      where account_key = p_account and started_at <= p_at and p_at < ended_at) as yes
  ), live as (
    select l.source, l.expires_at, l.members_only and not member.yes as frozen, p.held,
           case when l.expires_at <= p_at then 0 else p.available end as open
    from lot_positions(p_account, p_at, p_past) p
    join lots l on l.account_key = p_account and l.lot_id = p.lot_id
    cross join member
  ), per_source as (
    select source, coalesce(sum(open) filter (where not frozen), 0) as available, sum(held) as held,
           coalesce(sum(open) filter (where frozen), 0) as frozen
    from live group by source
  ), next_expiry as (
    select expires_at, sum(open) as amount from live where open > 0 and expires_at > p_at
    group by expires_at order by expires_at limit 1
  )
  select jsonb_build_object(
    'as_of', iso(p_at),
    'debt', (select debt from accounts where account_key = p_account),
    'available', coalesce(sum(available), 0), 'held', coalesce(sum(held), 0), 'frozen', coalesce(sum(frozen), 0),
    'by_source', coalesce(jsonb_object_agg(source,
      jsonb_build_object('available', available, 'held', held, 'frozen', frozen)) filter (where source is not null), '{}'),
    'next_expiry', (select jsonb_build_object('at', iso(expires_at), 'amount', amount) from next_expiry))
  from per_source
$$;
`
