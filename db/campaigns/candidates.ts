import type { Membership } from '../../domain/memberships/membership.ts'
import { accountKey } from '../accounts/account-key.ts'
import { type Account, accountColumns } from '../accounts/accounts.ts'
import type { Db } from '../core/command.ts'
import { type CampaignRecord, campaignKey } from './campaigns.ts'

/** An account without a grant of the campaign. */
export type CampaignCandidate = Account & { memberships: Membership[] }

/** Candidates and the last scanned account; null at the end. */
export type CampaignScan = { candidates: CampaignCandidate[]; position: string | null }

/** Accounts scanned per statement, however few are candidates: bounds the cost of a statement. */
const SCAN_SIZE = 10_000

const FIRST = '00000000-0000-0000-0000-000000000000'

/** The next open accounts after the campaign's position that it has not granted to. */
export async function nextCandidates(db: Db, campaign: CampaignRecord, limit: number): Promise<CampaignScan> {
  const listed = listedAccounts(campaign)
  const after = campaign.position ?? FIRST
  const candidates = await findCandidates(db, campaign, listed ? keysAmong(listed) : keysAfter(after), limit)
  if (candidates.length === limit) return { candidates, position: candidates.at(-1)?.account_key ?? null }
  return { candidates, position: listed ? null : await lastScanned(db, after) }
}

/** The account of this name, if it is in the campaign's audience and has no grant of it. */
export async function findCandidate(db: Db, campaign: CampaignRecord, name: string): Promise<CampaignCandidate[]> {
  const key = accountKey(campaign.product, name)
  return listedAccounts(campaign)?.includes(key) === false ? [] : findCandidates(db, campaign, keysAmong([key]), 1)
}

/** The keys of the accounts that a campaign lists, or null. */
function listedAccounts({ product, terms: { audience } }: CampaignRecord): string[] | null {
  if (typeof audience !== 'object' || !('accounts' in audience)) return null
  return audience.accounts.map(name => accountKey(product, name))
}

type Keys = { name: string; text: string; values: unknown[] }

const keysAfter = (position: string): Keys => ({
  name: 'candidates_after',
  text: 'select account_key from accounts where account_key > $4 order by account_key limit $5',
  values: [position, SCAN_SIZE],
})

const keysAmong = (keys: string[]): Keys => ({
  name: 'candidates_among',
  text: 'select distinct unnest($4::uuid[]) order by 1',
  values: [keys],
})

/** Looks up one key after the other, so that it stops at the limit even if the planner estimates badly. */
async function findCandidates(
  db: Db,
  { product, campaign }: CampaignRecord,
  keys: Keys,
  limit: number,
): Promise<CampaignCandidate[]> {
  const { rows } = await db.query<CampaignCandidate>({
    name: keys.name,
    text: `select ${accountColumns},
    array(select m.status from memberships m where m.account_key = a.account_key) as memberships
  from (${keys.text}) keys(k)
  cross join lateral (select * from accounts where account_key = k offset 0) a
  left join test_clocks c on c.id = a.test_clock
  where a.product = $1 and a.closed_at is null
    and not exists (select from idempotency_records where account_key = k and operation_key = $2 offset 0)
  order by k limit $3`,
    values: [product, campaignKey(campaign), limit, ...keys.values],
  })
  return rows
}

/** The last account of one scan; null at the end. */
async function lastScanned(db: Db, after: string): Promise<string | null> {
  const { rows } = await db.query<{ account_key: string }>({
    name: 'last_scanned',
    text: 'select account_key from accounts where account_key > $1 order by account_key offset $2 limit 1',
    values: [after, SCAN_SIZE - 1],
  })
  return rows[0]?.account_key ?? null
}
