import type { Db } from '../core/command.ts'

/** An error that verify found. */
export type Inconsistency = { account: string; what: string; where: string }

/**
 * Verifies the ledger: every lot, account and hold is the sum of its entries, each hold ended in one way, no purchase was
 * granted twice, and each hash chain is intact. Reports the first broken link of each chain.
 * @param account_key one account, or null for all
 */
export async function verify(db: Pick<Db, 'query'>, account_key: string | null = null): Promise<Inconsistency[]> {
  const { rows } = await db.query<Inconsistency>(inconsistencies, [account_key])
  return rows
}

const inconsistencies = /* sql */ `
with chosen as (
  select * from accounts where $1::uuid is null or account_key = $1
), folded as (
  select * from lot_sums($1)
), sums as (
  select a.account_key, coalesce(sum(l.available), 0) as available, coalesce(sum(l.held), 0) as held,
    coalesce(sum(l.available) filter (where l.members_only), 0) as members_only
  from chosen a left join lots l using (account_key) group by 1
), holding as (
  select h.account_key, sum(h.amount - h.spent - h.refunded) as held from holds h join chosen using (account_key)
  group by 1
), hold_moves as (
  select e.account_key, e.generation,
    -- Minus releases, because a rolled back reservation may be repeated under its id.
    sum(case when e.to_state = 'held' then e.amount when e.from_state = 'held' and e.to_state <> 'spent' then -e.amount
        else 0 end) as kept,
    sum(case when e.to_state = 'spent' then e.amount else 0 end) as spent
  from entries e join chosen using (account_key) where e.generation is not null group by 1, 2
)
select a.account, 'hash chain broken' as what, 'entry ' || min(c.entry_no) as where
  from chain_breaks($1) c join accounts a using (account_key) group by a.account_key, a.account
union all
select a.account, 'head differs from the last entry', 'entry ' || a.last_entry from chosen a
  left join entries e on e.account_key = a.account_key and e.entry_no = a.last_entry
  where a.head is distinct from coalesce(e.hash, sha256(convert_to(a.account_key::text, 'UTF8')))
union all
select a.account, 'lot differs from its entries', 'lot ' || l.lot_id from lots l join chosen a using (account_key)
  left join folded f using (account_key, lot_id)
  where (l.granted, l.available, l.held, l.spent, l.expired, l.revoked)
    is distinct from (f.granted, f.available, f.held, f.spent, f.expired, f.revoked)
union all
select a.account, 'entries of a missing lot', 'lot ' || f.lot_id from folded f join chosen a using (account_key)
  where not exists (select from lots l where l.account_key = f.account_key and l.lot_id = f.lot_id)
union all
select a.account, 'account differs from its lots', 'sums' from chosen a join sums s using (account_key)
  where (a.available, a.held, a.available_members_only) is distinct from (s.available, s.held, s.members_only)
union all
select a.account, 'held credits differ from the open generations', 'held ' || a.held from chosen a
  left join holding h using (account_key) where a.held <> coalesce(h.held, 0)
union all
select a.account, 'open generations differ from the reserved ones', 'open ' || a.open_holds from chosen a
  where a.open_holds <> (select count(*) from holds h where h.account_key = a.account_key and h.state = 'reserved')
union all
select a.account, 'generation differs from its entries', h.generation from holds h join chosen a using (account_key)
  left join hold_moves m using (account_key, generation)
  where h.state <> 'refused' and (h.amount - h.refunded, h.spent) is distinct from (coalesce(m.kept, 0), coalesce(m.spent, 0))
union all
select a.account, 'state of a generation differs from its credits', h.generation from holds h join chosen a using (account_key)
  where h.amount > 0 and not case h.state when 'reserved' then h.rest is null and h.settled_at is null
    when 'refused' then true when 'committed' then h.refunded = 0 or h.terms is not null
    -- A metered generation may be charged for usage that was reported, or for less than was held.
    when 'timed_out' then h.spent = 0 or h.terms is not null
    when 'partially_refunded' then h.terms is not null or h.spent > 0 and h.refunded > 0 else h.spent = 0 end
union all
-- Not counted: replacements of expired lots, lots revoked in full, and an audit's corrections.
select a.account, 'purchase granted more than once', l.origin_id from lots l join chosen a using (account_key)
  where l.origin_type = 'purchase' and l.replaces_lot_id is null and l.revoked < l.granted
    and not exists (select from audit_corrections c where c.account_key = l.account_key and c.lot_id = l.lot_id)
  group by a.account_key, a.account, l.origin_id having count(*) > 1
union all
select a.account, 'debt differs from the debts owed', 'debt ' || a.debt from chosen a
  where a.debt <> (select coalesce(sum(amount - paid), 0) from debts d where d.account_key = a.account_key)
union all
select a.account, 'clawbacks exceed the revoked credits', 'lot ' || l.lot_id from lots l join chosen a using (account_key)
  where l.revoked < (select coalesce(sum(c.amount), 0) from clawbacks c
    where c.account_key = l.account_key and c.lot_id = l.lot_id)
union all
select a.account, 'member_until differs from the membership periods', 'member_until' from chosen a
  where a.member_until is distinct from
    (select max(ended_at) from membership_periods p where p.account_key = a.account_key)
order by 1, 2, 3
`
