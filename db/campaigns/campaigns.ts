import type { CampaignTerms } from '../../domain/campaigns/campaign.ts'
import type { LotTerms } from '../../domain/lots/lot-terms.ts'
import { notFound, Refused } from '../../domain/shared/refusals.ts'
import type { Db } from '../core/command.ts'

export type CampaignState = 'running' | 'paused' | 'waiting' | 'done'

export type CampaignRecord = {
  product: string
  campaign: string
  fingerprint: string
  terms: CampaignTerms
  /** the name of the API key, or the person */
  asked_by: string
  /** the name of the API key, which entries show */
  api_key: string
  state: CampaignState
  started_at: Date
  /** the last scanned account; null before the first */
  position: string | null
  looked_at: number
  granted: number
}

/** Creates a campaign; repeating it changes nothing. @throws Refused idempotency_key_reused for another request */
export async function openCampaign(
  db: Db,
  opening: Pick<CampaignRecord, 'product' | 'campaign' | 'fingerprint' | 'terms' | 'asked_by' | 'api_key'>,
  now: Date,
): Promise<CampaignRecord> {
  const { product, campaign, fingerprint, terms, asked_by, api_key } = opening
  await db.query(
    `insert into campaigns (product, campaign, fingerprint, terms, asked_by, api_key, state, started_at, until_at)
     values ($1, $2, $3, $4, $5, $6, 'running', $7, $8) on conflict do nothing`,
    [product, campaign, fingerprint, JSON.stringify(terms), asked_by, api_key, now, terms.window?.until ?? null],
  )
  const known = await loadCampaign(db, product, campaign)
  if (known.fingerprint !== fingerprint) throw new Refused({ code: 'idempotency_key_reused' })
  return known
}

/** @throws Refused not_found */
export async function loadCampaign(db: Db, product: string, campaign: string): Promise<CampaignRecord> {
  const { rows } = await db.query<CampaignRecord>('select * from campaigns where product = $1 and campaign = $2', [
    product,
    campaign,
  ])
  if (rows[0]) return rows[0]
  throw notFound('campaign')
}

/** The campaigns of a product, newest first. */
export async function listCampaigns(db: Db, product: string, limit: number): Promise<CampaignRecord[]> {
  const { rows } = await db.query<CampaignRecord>(
    'select * from campaigns where product = $1 order by started_at desc, campaign limit $2',
    [product, limit],
  )
  return rows
}

/** The unfinished campaigns of all products. */
export async function listOpenCampaigns(db: Db): Promise<CampaignRecord[]> {
  const { rows } = await db.query<CampaignRecord>(
    "select * from campaigns where state <> 'done' order by product, campaign",
  )
  return rows
}

/** The ids of the campaigns whose window is open at a time. */
export async function campaignsOpenAt(db: Db, product: string, at: Date): Promise<string[]> {
  const { rows } = await db.query<{ campaign: string }>({
    name: 'campaigns_open_at',
    text: `select campaign from campaigns where product = $1 and until_at > $2
      and coalesce((terms->'window'->>'from')::timestamptz <= $2, true) order by campaign`,
    values: [product, at],
  })
  return rows.map(row => row.campaign)
}

/** Pauses or resumes a campaign; a finished one stays finished. */
export async function setCampaignState(
  db: Db,
  product: string,
  campaign: string,
  state: 'paused' | 'running',
): Promise<void> {
  await db.query(
    `update campaigns set state = $3 where product = $1 and campaign = $2 and state <> 'done'
     and ($3 = 'paused' or state = 'paused')`,
    [product, campaign, state],
  )
}

/** The operation key of a campaign's grant to an account. */
export function campaignKey(campaign: string): string {
  return `campaign/${campaign}`
}

export type CampaignLot = LotTerms & { account: string; at: Date }

/**
 * Grants to accounts in one transaction, once each; does nothing while the campaign is paused.
 * @param round the campaign's progress afterwards; unchanged if absent
 * @returns the campaign's state and number of grants
 */
export async function grantCampaign(
  db: Db,
  { product, campaign, terms, api_key }: CampaignRecord,
  lots: CampaignLot[],
  round?: { position: string | null; looked_at: number; state: CampaignState },
): Promise<Pick<CampaignRecord, 'state' | 'granted'>> {
  const lot = {
    amount: terms.amount,
    origin: { type: 'campaign', id: campaign },
    reason: 'campaign',
    api_key,
  }
  const { rows } = await db.query<{ status: Pick<CampaignRecord, 'state' | 'granted'> }>({
    name: 'grant_campaign_lots',
    text: 'select grant_campaign_lots($1) as status',
    values: [
      JSON.stringify({
        product,
        campaign,
        key: campaignKey(campaign),
        lots: lots.map(each => ({ ...lot, ...each })),
        round: round ?? null,
      }),
    ],
  })
  if (!rows[0]) throw new Error('grant_campaign_lots returned no result')
  return rows[0].status
}
