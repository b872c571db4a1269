import { WorkflowNotFoundError } from '@temporalio/client'
import { type Account, timeOf } from '../../db/accounts/accounts.ts'
import { campaignsOpenAt } from '../../db/campaigns/campaigns.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import { campaignWorkflowId } from '../../workflows/contract/ids.ts'
import { joinUpdate, pauseUpdate, resumeUpdate } from '../../workflows/contract/messages.ts'
import { campaignStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'
import { startOptions, updateWithStart } from './update-with-start.ts'

/** Starts a stored campaign; repeating it changes nothing. @throws Refused temporarily_unavailable */
export async function startCampaign(app: App, product: string, id: string): Promise<void> {
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.start('campaign', {
      ...startOptions(app, campaignStart({ product, id })),
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  )
}

/** Pauses or resumes a campaign. @throws Refused invalid_request if it is done */
export async function sendCampaignUpdate(
  app: App,
  product: string,
  id: string,
  action: 'pause' | 'resume',
): Promise<void> {
  const handle = app.temporal.workflow.getHandle(campaignWorkflowId(product, id))
  await withTemporalDeadline(app, () => handle.executeUpdate(action === 'pause' ? pauseUpdate : resumeUpdate)).catch(
    error => {
      throw error instanceof WorkflowNotFoundError ? invalidRequest('campaign', 'is done') : error
    },
  )
}

/** Grants an account the credits of open campaigns. A later round makes up for failures. */
export async function joinCampaigns(app: App, account: Account): Promise<void> {
  const { product } = account
  for (const id of await campaignsOpenAt(app.db, product, timeOf(account, app.now()))) {
    const start = campaignStart({ product, id })
    await updateWithStart(app, 'campaign', start, joinUpdate, [account.account]).catch(error => {
      if (!(error instanceof Refused)) throw error
      app.logger.warn(
        { product, campaign: id, refusal: error.refusal.code },
        'campaign: account could not join; the next round includes it',
      )
    })
  }
}
