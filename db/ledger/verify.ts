import type { Db } from '../core/command.ts'

/** One place where the book contradicts itself. */
export type Contradiction = { account: string; what: string; where: string }

/**
 * Checks the book against itself: every lot, account and hold is the sum of its entries, each hold ended in one way, no
 * purchase gave twice, and each account's hash chain is whole. Names the first broken link of each chain.
 * @param account_key one account, or null for all
 */
export async function verify(
  db: Pick<Db, 'query'>,
  account_key: string | null = null,
): Promise<Contradiction[]> {
  const { rows } = await db.query<Contradiction>(contradictions, [account_key])
  return rows
}

const contradictions = /* sql */ `
with chosen as (
  select * from accounts where $1::uuid is null or account_key = $1
), folded as (
  select * from lot_folds($1)
), sums as (
  select a.account_key, coalesce(sum(l.available), 0) as available, coalesce(sum(l.held), 0) as held,
    coalesce(sum(l.available) filter (where l.members_only), 0) as members_only
  from chosen a left join lots l using (account_key) group by 1
), holding as (
  select h.account_key, sum(h.amount - h.spent - h.refunded) as held from holds h join chosen using (account_key)
  group by 1
), hold_moves as (
  select e.account_key, e.generation,
    -- Less what came back: one that was undone may have been reserved again under its id.
    sum(case when e.to_state = 'held' then e.amount when e.from_state = 'held' and e.to_state <> 'spent' then -e.amount
        else 0 end) as kept,
    sum(case when e.to_state = 'spent' then e.amount else 0 end) as spent
  from entries e join chosen using (account_key) where e.generation is not null group by 1, 2
)
select a.account, 'hash chain broken' as what, 'entry ' || min(c.entry_no) as where
  from chain_breaks($1) c join accounts a using (account_key) group by a.account_key, a.account
union all
select a.account, 'head is not the last link', 'entry ' || a.last_entry from chosen a
  left join entries e on e.account_key = a.account_key and e.entry_no = a.last_entry
  where a.head is distinct from coalesce(e.hash, sha256(convert_to(a.account_key::text, 'UTF8')))
union all
select a.account, 'lot differs from its entries', 'lot ' || l.lot_id from lots l join chosen a using (account_key)
  left join folded f using (account_key, lot_id)
  where (l.granted, l.available, l.held, l.spent, l.expired, l.revoked)
    is distinct from (f.granted, f.available, f.held, f.spent, f.expired, f.revoked)
union all
select a.account, 'entries of a lot that is not there', 'lot ' || f.lot_id from folded f join chosen a using (account_key)
  where not exists (select from lots l where l.account_key = f.account_key and l.lot_id = f.lot_id)
union all
select a.account, 'account differs from its lots', 'sums' from chosen a join sums s using (account_key)
  where (a.available, a.held, a.available_members_only) is distinct from (s.available, s.held, s.members_only)
union all
select a.account, 'open generations do not hold what the account holds', 'held ' || a.held from chosen a
  left join holding h using (account_key) where a.held <> coalesce(h.held, 0)
union all
select a.account, 'more or fewer generations are under way than are reserved', 'under way ' || a.under_way from chosen a
  where a.under_way <> (select count(*) from holds h where h.account_key = a.account_key and h.state = 'reserved')
union all
select a.account, 'generation differs from its entries', h.generation from holds h join chosen a using (account_key)
  left join hold_moves m using (account_key, generation)
  where h.state <> 'refused' and (h.amount - h.refunded, h.spent) is distinct from (coalesce(m.kept, 0), coalesce(m.spent, 0))
union all
select a.account, 'generation ended otherwise than its credits', h.generation from holds h join chosen a using (account_key)
  where h.amount > 0 and not case h.state when 'reserved' then h.closing is null and h.settled_at is null
    when 'refused' then true when 'committed' then h.refunded = 0
    when 'partially_refunded' then h.spent > 0 and h.refunded > 0 else h.spent = 0 end
union all
-- What revives is the same credits once more; what was taken back whole was not given; what an audit did is in its book.
select a.account, 'a purchase gave its credits more than once', l.origin_id from lots l join chosen a using (account_key)
  where l.origin_type = 'purchase' and l.revives is null and l.revoked < l.granted
    and not exists (select from audit_corrections c where c.account_key = l.account_key and c.lot_id = l.lot_id)
  group by a.account_key, a.account, l.origin_id having count(*) > 1
union all
select a.account, 'debt differs from what is owed', 'debt ' || a.debt from chosen a
  where a.debt <> (select coalesce(sum(amount - paid), 0) from debts d where d.account_key = a.account_key)
union all
select a.account, 'more was clawed back than is revoked', 'lot ' || l.lot_id from lots l join chosen a using (account_key)
  where l.revoked < (select coalesce(sum(c.amount), 0) from clawbacks c
    where c.account_key = l.account_key and c.lot_id = l.lot_id)
union all
select a.account, 'member_until differs from the membership periods', 'member_until' from chosen a
  where a.member_until is distinct from
    (select max(ended_at) from membership_periods p where p.account_key = a.account_key)
order by 1, 2, 3
`

/** What entries say, which verify and audits compare the rest of the book with. */
export const verifyFunctions = /* sql */ `
-- Links of a chain that do not fit and were not sealed, with what their hash should be. That is made of the entry as it
-- stands and of the one before, so a seal is worth nothing any more once either is touched again.
create or replace function chain_breaks(p_account uuid)
returns table (account_key uuid, entry_no bigint, lot_id bigint, digest bytea) language sql stable as $$
  select l.account_key, l.entry_no, l.lot_id, l.digest from (
    select e.account_key, e.entry_no, e.lot_id, e.hash, lag(e.entry_no) over w as previous_no,
      entry_hash(coalesce(lag(e.hash) over w, sha256(convert_to(e.account_key::text, 'UTF8'))), e) as digest
    from entries e where p_account is null or e.account_key = p_account
    window w as (partition by e.account_key order by e.entry_no)
  ) l
  where (l.hash is distinct from l.digest or l.entry_no is distinct from coalesce(l.previous_no, 0) + 1)
    and not exists (select from chain_seals s
      where s.account_key = l.account_key and s.entry_no = l.entry_no and s.digest = l.digest)
$$;

-- What the entries of each lot add up to, and the operation key under which it was issued.
create or replace function lot_folds(p_account uuid)
returns table (account_key uuid, lot_id bigint, granted bigint, available bigint, held bigint, spent bigint,
               expired bigint, revoked bigint, key text) language sql stable as $$
  select e.account_key, e.lot_id,
    coalesce(sum(e.amount) filter (where e.from_state = 'issued'), 0)::bigint,
    sum(moved('available', e))::bigint, sum(moved('held', e))::bigint, sum(moved('spent', e))::bigint,
    sum(moved('expired', e))::bigint, sum(moved('revoked', e))::bigint,
    min(e.operation_key) filter (where e.from_state = 'issued')
  from entries e where p_account is null or e.account_key = p_account
  group by e.account_key, e.lot_id
$$;
`
