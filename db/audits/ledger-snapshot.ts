import type { PoolClient } from 'pg'
import type {
  AuditedLot,
  AuditedMembership,
  AuditedPurchase,
  Correction,
  LedgerSnapshot,
  SupportDeduction,
} from '../../domain/audits/ledger-snapshot.ts'
import { reducePaymentEvents } from '../../domain/purchases/payment-facts.ts'
import type { Purchase } from '../../domain/purchases/purchase.ts'
import type { Db } from '../core/command.ts'
import { verify } from '../ledger/verify.ts'
import { listPaymentEvents } from '../purchases/payment-events.ts'
import { ADJUSTMENT } from './restore.ts'

/** Reads everything that an audit of an account compares, at one moment (BR-16). */
export async function readLedgerSnapshot(db: Db, account_key: string): Promise<LedgerSnapshot> {
  const client = await db.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const read = await readAll(client, account_key)
    await client.query('commit')
    return read
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

async function readAll(client: PoolClient, account_key: string): Promise<LedgerSnapshot> {
  const rowsOf = async <T extends object>(text: string): Promise<T[]> =>
    (await client.query<T>(text, [account_key])).rows
  const [row] = await rowsOf<{
    account: LedgerSnapshot['account']
    derived: LedgerSnapshot['derived']
    product: string
  }>(accountSql)
  if (!row) throw new Error(`account ${account_key} does not exist`)
  return {
    account: row.account,
    derived: row.derived,
    lots: await rowsOf<AuditedLot>(lotsSql),
    lost: await rowsOf<LedgerSnapshot['lost'][number]>(lostSql),
    breaks: await rowsOf<LedgerSnapshot['breaks'][number]>(
      `select entry_no as entry, encode(digest, 'hex') as digest from chain_breaks($1) order by entry_no`,
    ),
    holds: await rowsOf<LedgerSnapshot['holds'][number]>(
      `select generation, iso(deadline) as deadline, amount - spent - refunded as held from holds
       where account_key = $1 and state = 'reserved' order by deadline, generation`,
    ),
    orphaned_holds: await rowsOf<LedgerSnapshot['orphaned_holds'][number]>(orphanedHoldsSql),
    memberships: await rowsOf<AuditedMembership>(membershipsSql),
    purchases: await readPurchases(client, account_key, row.product),
    redeemed: await rowsOf<LedgerSnapshot['redeemed'][number]>(
      `select purchase, lot_id::text as lot, (terms->>'credits')::bigint as credits from codes
       where account_key = $1 and lot_id is not null`,
    ),
    corrections: await rowsOf<Correction>(
      'select subject, lot_id::text as lot, credits from audit_corrections where account_key = $1 order by correction_no',
    ),
    taken_by_support: await rowsOf<SupportDeduction>(takenBySupportSql),
    money_back: (await rowsOf<{ credits: number }>(moneyBackSql))[0]?.credits ?? 0,
    inconsistencies: await verify(client, account_key),
  }
}

async function readPurchases(client: PoolClient, account_key: string, product: string): Promise<AuditedPurchase[]> {
  const { rows } = await client.query<{ id: string; status: Purchase; late: boolean; taken: number }>(purchasesSql, [
    account_key,
  ])
  const purchases: AuditedPurchase[] = []
  for (const row of rows)
    purchases.push({ ...row, facts: reducePaymentEvents(await listPaymentEvents(client, product, row.id)) })
  return purchases
}

const accountSql = /* sql */ `
select a.product,
  jsonb_build_object('available', a.available, 'available_members_only', a.available_members_only, 'held', a.held,
    'open_holds', a.open_holds, 'debt', a.debt, 'member_until', iso(a.member_until), 'time_zone', a.time_zone,
    'last_entry', a.last_entry) as account,
  jsonb_build_object(
    'open_holds', (select count(*) from holds h where h.account_key = a.account_key and h.state = 'reserved'),
    'debt', (select coalesce(sum(d.amount - d.paid), 0) from debts d where d.account_key = a.account_key),
    'head_fits', a.head = coalesce((select e.hash from entries e where e.account_key = a.account_key
        and e.entry_no = a.last_entry), sha256(convert_to(a.account_key::text, 'UTF8')))
      and a.last_entry = coalesce((select max(e.entry_no) from entries e where e.account_key = a.account_key), 0)
  ) as derived
from accounts a where a.account_key = $1`

const statesOf = (f: string) => `jsonb_build_object('granted', ${f}.granted, 'available', ${f}.available,
    'held', ${f}.held, 'spent', ${f}.spent, 'expired', ${f}.expired, 'revoked', ${f}.revoked)`

const lotsSql = /* sql */ `
select l.lot_id::text as id, l.source, l.granted, l.available, l.held, l.spent, l.expired, l.revoked,
  iso(l.granted_at) as granted_at, iso(l.expires_at) as expires_at, l.members_only,
  jsonb_build_object('type', l.origin_type, 'id', l.origin_id) as origin, l.replaces_lot_id is not null as is_replacement,
  f.key, exists (select from idempotency_records o where o.account_key = l.account_key and o.operation_key = f.key) as known,
  case when f.lot_id is not null then ${statesOf('f')} end as entries,
  l.lot_id in (select b.lot_id from chain_breaks($1) b) as doubtful
from lots l left join lot_sums($1) f using (account_key, lot_id)
where l.account_key = $1 order by l.lot_id`

const lostSql = /* sql */ `
select f.lot_id::text as lot, coalesce(f.key, '') as key, ${statesOf('f')} as entries
from lot_sums($1) f
where not exists (select from lots l where l.account_key = f.account_key and l.lot_id = f.lot_id)
order by f.lot_id`

const takenBySupportSql = /* sql */ `
select substr(c.cause, length('${ADJUSTMENT}') + 1) as id, c.credits, e.at, e.reason
from (select cause, sum(amount) as credits from clawbacks
    where account_key = $1 and starts_with(cause, '${ADJUSTMENT}') group by cause) c
  cross join lateral (select iso(at) as at, reason from entries
    where account_key = $1 and operation_key = c.cause order by entry_no limit 1) e
order by e.at, c.cause`

const moneyBackSql = /* sql */ `
select coalesce(sum(amount), 0) as credits from clawbacks
where account_key = $1 and not starts_with(cause, '${ADJUSTMENT}')`

const orphanedHoldsSql = /* sql */ `
select e.generation, e.lot_id::text as lot, sum(delta('held', e)) as held,
  coalesce((select h.spent from holds h where h.account_key = $1 and h.generation = e.generation), 0) as spent,
  (select coalesce(sum(s.amount), 0) from entries s
    where s.account_key = $1 and s.generation = e.generation and s.to_state = 'spent') as spent_by_entries
from entries e where e.account_key = $1 and e.generation is not null
  and not exists (select from holds h
    where h.account_key = $1 and h.generation = e.generation and h.state = 'reserved')
group by e.generation, e.lot_id having sum(delta('held', e)) > 0
order by e.generation, e.lot_id`

const membershipsSql = /* sql */ `
select m.membership as id, iso(m.covered_until) as covered_until, m.revision as made,
  coalesce((select jsonb_agg(jsonb_build_object('at', iso(v.at), 'input', v.input) order by v.transition_no)
    from membership_transitions v where v.account_key = m.account_key and v.membership = m.membership), '[]') as transitions,
  coalesce((select jsonb_object_agg(c.cause, c.credits) from (select cause, sum(amount) as credits from clawbacks
    where account_key = m.account_key and starts_with(cause, m.membership || '/') group by cause) c), '{}') as taken
from memberships m where m.account_key = $1 order by m.membership`

const purchasesSql = /* sql */ `
select p.purchase as id, p.status,
  exists (select from timeline_events e where e.account_key = p.account_key and e.subject = 'purchase'
    and e.subject_id = p.purchase and e.what = 'late') as late,
  (select coalesce(sum(c.amount), 0) from clawbacks c join lots l using (account_key, lot_id)
    where c.account_key = p.account_key and starts_with(c.cause, p.purchase || '/')
      and l.origin_type <> 'purchase_bonus')
  + (select coalesce(sum(d.amount - d.paid), 0) from debts d
    where d.account_key = p.account_key and starts_with(d.cause, p.purchase || '/')) as taken
from purchases p where p.account_key = $1 order by p.bought_at, p.purchase`
