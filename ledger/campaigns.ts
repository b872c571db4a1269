import type { CampaignTerms } from '../credits/campaign.ts'
import type { LotTerms } from '../credits/lot-terms.ts'
import type { Membership } from '../credits/membership.ts'
import { Refused } from '../credits/refusals.ts'
import { accountKey } from './account-key.ts'
import { type Account, accountColumns } from './accounts.ts'
import type { Book } from './act.ts'

export type CampaignState = 'running' | 'paused' | 'waiting' | 'done'

export type CampaignOnBook = {
  product: string
  campaign: string
  fingerprint: string
  terms: CampaignTerms
  /** the name of the key that asked for it */
  asked_by: string
  state: CampaignState
  begun_at: Date
  /** the last account that was looked at; null before the first */
  position: string | null
  looked_at: number
  granted: number
}

/** Puts a campaign on the book; again, it changes nothing. @throws Refused idempotency_key_reused for another one */
export async function openCampaign(
  book: Book,
  {
    product,
    campaign,
    fingerprint,
    terms,
    asked_by,
  }: Pick<CampaignOnBook, 'product' | 'campaign' | 'fingerprint' | 'terms' | 'asked_by'>,
  now: Date,
): Promise<CampaignOnBook> {
  await book.query(
    `insert into campaigns (product, campaign, fingerprint, terms, asked_by, state, begun_at, until_at)
     values ($1, $2, $3, $4, $5, 'running', $6, $7) on conflict do nothing`,
    [product, campaign, fingerprint, JSON.stringify(terms), asked_by, now, terms.window?.until ?? null],
  )
  const known = await loadCampaign(book, product, campaign)
  if (known.fingerprint !== fingerprint) throw new Refused({ code: 'idempotency_key_reused' })
  return known
}

/** @throws Refused not_found */
export async function loadCampaign(book: Book, product: string, campaign: string): Promise<CampaignOnBook> {
  const { rows } = await book.query<CampaignOnBook>(
    'select * from campaigns where product = $1 and campaign = $2',
    [product, campaign],
  )
  if (rows[0]) return rows[0]
  throw new Refused({ code: 'not_found', detail: 'There is no such campaign.' })
}

/** The campaigns of a product, newest first. */
export async function listCampaigns(book: Book, product: string, limit: number): Promise<CampaignOnBook[]> {
  const { rows } = await book.query<CampaignOnBook>(
    'select * from campaigns where product = $1 order by begun_at desc, campaign limit $2',
    [product, limit],
  )
  return rows
}

/** The campaigns of all products that are not done. They are few. */
export async function campaignsUnderWay(book: Book): Promise<CampaignOnBook[]> {
  const { rows } = await book.query<CampaignOnBook>(
    "select * from campaigns where state <> 'done' order by product, campaign",
  )
  return rows
}

/** The ids of the campaigns that give at this time to whoever joins. */
export async function campaignsOpenAt(book: Book, product: string, at: Date): Promise<string[]> {
  const { rows } = await book.query<{ campaign: string }>({
    name: 'campaigns_open_at',
    text: `select campaign from campaigns where product = $1 and until_at > $2
      and coalesce((terms->'window'->>'from')::timestamptz <= $2, true) order by campaign`,
    values: [product, at],
  })
  return rows.map(row => row.campaign)
}

/** Pauses it, or lets it go on. One that is done stays so. */
export async function setCampaignState(
  book: Book,
  product: string,
  campaign: string,
  state: 'paused' | 'running',
): Promise<void> {
  await book.query(
    `update campaigns set state = $3 where product = $1 and campaign = $2 and state <> 'done'
     and ($3 = 'paused' or state = 'paused')`,
    [product, campaign, state],
  )
}

/** An account that a campaign has not given to yet. */
export type CampaignCandidate = Account & { memberships: Membership[] }

/**
 * The next accounts after the campaign's position that were given nothing by it yet, closed ones left out.
 * @param only one account by its name, wherever the campaign stands
 */
export async function nextCandidates(
  book: Book,
  { product, campaign, position, terms }: CampaignOnBook,
  limit: number,
  only?: string,
): Promise<CampaignCandidate[]> {
  const { audience } = terms
  const listed = typeof audience === 'object' && 'accounts' in audience ? audience.accounts : null
  const names = only === undefined ? listed : [only].filter(name => listed?.includes(name) ?? true)
  const { rows } = await book.query<CampaignCandidate>(
    `select ${accountColumns},
       array(select m.status from memberships m where m.account_key = a.account_key) as memberships
     from accounts a left join test_clocks c on c.id = a.test_clock
     where a.account_key > $2 and a.product = $1 and a.closed_at is null
       and ($3::uuid[] is null or a.account_key = any ($3))
       and not exists (select from operations o where o.account_key = a.account_key and o.operation_key = $4)
     order by a.account_key limit $5`,
    [
      product,
      only === undefined && position !== null ? position : '00000000-0000-0000-0000-000000000000',
      names?.map(name => accountKey(product, name)) ?? null,
      campaignKey(campaign),
      limit,
    ],
  )
  return rows
}

/** The operation key under which a campaign gives to each account once. */
function campaignKey(campaign: string): string {
  return `campaign/${campaign}`
}

export type CampaignLot = LotTerms & { account: string; at: Date }

/**
 * Gives to many accounts in one transaction, each once, and says how far the campaign is; nothing while it is paused.
 * @param round where it stands afterwards; left out where it stands as before
 * @returns how it stands
 */
export async function giveCampaign(
  book: Book,
  { product, campaign, terms, asked_by }: CampaignOnBook,
  lots: CampaignLot[],
  round?: { position: string | null; looked_at: number; state: CampaignState },
): Promise<Pick<CampaignOnBook, 'state' | 'granted'>> {
  const lot = {
    amount: terms.amount,
    origin: { type: 'campaign', id: campaign },
    reason: 'campaign',
    api_key: asked_by,
  }
  const { rows } = await book.query<{ stands: Pick<CampaignOnBook, 'state' | 'granted'> }>({
    name: 'give_campaign',
    text: 'select give_campaign($1) as stands',
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
  if (!rows[0]) throw new Error('the book gave no answer to give_campaign')
  return rows[0].stands
}

export const campaignFunctions = /* sql */ `
-- The campaign's row is locked first, then the accounts, always in the same order.
create or replace function give_campaign(p jsonb) returns jsonb language plpgsql as $$
declare
  camp campaigns;
  acc accounts;
  lot jsonb;
  put record;
  given bigint := 0;
begin
  select * into strict camp from campaigns
    where product = p->>'product' and campaign = p->>'campaign' for update;
  if camp.state = 'paused' then
    return jsonb_build_object('state', camp.state, 'granted', camp.granted);
  end if;
  perform lock_accounts(p->'lots');
  for lot in select * from jsonb_array_elements(p->'lots') loop
    if open_act((lot->>'account')::uuid, p->>'key', p->>'key') is null then
      select * into acc from accounts where account_key = (lot->>'account')::uuid;
      acc := book_expiries(acc, (lot->>'at')::timestamptz);
      put := put_lot(acc, p->>'key', (lot->>'at')::timestamptz, lot);
      perform close_act(put.acc, p->>'key', p->>'key', (lot->>'at')::timestamptz, '{}');
      given := given + 1;
    end if;
  end loop;
  update campaigns set granted = granted + given where product = camp.product and campaign = camp.campaign;
  if jsonb_typeof(p->'round') = 'object' then
    update campaigns set position = (p->'round'->>'position')::uuid, state = p->'round'->>'state',
      looked_at = case when camp.position is null then 0 else looked_at end + (p->'round'->>'looked_at')::bigint
      where product = camp.product and campaign = camp.campaign;
  end if;
  select * into strict camp from campaigns where product = camp.product and campaign = camp.campaign;
  return jsonb_build_object('state', camp.state, 'granted', camp.granted);
end $$;
`
