import { timeOf } from '../db/accounts/accounts.ts'
import {
  type CampaignLot,
  type CampaignRecord,
  type CampaignState,
  grantCampaign,
  loadCampaign,
  setCampaignState,
} from '../db/campaigns/campaigns.ts'
import { type CampaignCandidate, findCandidate, nextCandidates } from '../db/campaigns/candidates.ts'
import type { Db } from '../db/core/command.ts'
import { type Candidate, campaignExpiry, isEligible, ownTerms } from '../domain/campaigns/campaign.ts'
import { lotTerms } from '../domain/lots/lot-terms.ts'
import { type Policies, policyOf } from '../platform/policy-store.ts'
import { mapRefusals } from './failures.ts'

export type CampaignActivities = ReturnType<typeof campaignActivities>

type CampaignRef = { product: string; id: string }

/** A campaign as far as its workflow has to know it. */
export type CampaignStatus = { name: string; state: CampaignState; granted: number; until: string | null }

/** Accounts per transaction, which locks them for some tenths of a second. */
const BATCH = 100

/**
 * The steps of a campaign. The database has the round's position and who received the grant, so a repeated step goes on
 * after the last recorded one.
 * @param now real time; accounts on a test clock use theirs
 */
export function campaignActivities({ db, policies, now }: { db: Db; policies: Policies; now: () => Date }) {
  const lotsFor = (campaign: CampaignRecord, candidates: CampaignCandidate[]): CampaignLot[] =>
    candidates.flatMap(account => {
      const { account_key, time_zone, memberships } = account
      const candidate: Candidate = { at: timeOf(account, now()), time_zone, memberships }
      if (!isEligible(campaign.terms, candidate)) return []
      const expires_at = campaignExpiry(campaign.terms, candidate)
      const policy = policyOf(policies, campaign.product)
      const terms = lotTerms(policy, campaign.terms.source, candidate, expires_at)
      return [{ ...terms, ...ownTerms(campaign.terms), account: account_key, at: candidate.at }]
    })

  const toStatus = ({ terms }: CampaignRecord, { state, granted }: Pick<CampaignRecord, 'state' | 'granted'>) => ({
    name: terms.name,
    state,
    granted,
    until: terms.window?.until ?? null,
  })

  return {
    /** Grants to the next accounts of the round; the last batch ends the round. */
    grantNextBatch: ({ product, id }: CampaignRef): Promise<CampaignStatus> =>
      mapRefusals(async () => {
        const campaign = await loadCampaign(db, product, id)
        const { candidates, position } = await nextCandidates(db, campaign, BATCH)
        const open = campaign.terms.window !== undefined && now().toISOString() < campaign.terms.window.until
        const given = await grantCampaign(db, campaign, lotsFor(campaign, candidates), {
          position,
          looked_at: candidates.length,
          state: position !== null ? 'running' : open ? 'waiting' : 'done',
        })
        return toStatus(campaign, given)
      }),

    /** Grants to one account that joined. */
    grantToAccount: ({ product, id, account }: CampaignRef & { account: string }): Promise<CampaignStatus> =>
      mapRefusals(async () => {
        const campaign = await loadCampaign(db, product, id)
        const candidates = await findCandidate(db, campaign, account)
        return toStatus(campaign, await grantCampaign(db, campaign, lotsFor(campaign, candidates)))
      }),

    pauseOrResume: ({ product, id, state }: CampaignRef & { state: 'paused' | 'running' }): Promise<CampaignStatus> =>
      mapRefusals(async () => {
        await setCampaignState(db, product, id, state)
        const campaign = await loadCampaign(db, product, id)
        return toStatus(campaign, campaign)
      }),
  }
}
