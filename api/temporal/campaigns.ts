import { WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client'
import { type Account, timeOf } from '../../db/accounts/accounts.ts'
import { campaignsOpenAt } from '../../db/campaigns/campaigns.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import { campaignWorkflowId } from '../../workflows/contract/ids.ts'
import { joinUpdate, pauseUpdate, resumeUpdate } from '../../workflows/contract/messages.ts'
import { campaignStart } from '../../workflows/contract/starts.ts'
import type { App } from '../http/app.ts'
import { withTemporalDeadline } from './deadline.ts'

/** Starts a campaign that is on the book; again, it changes nothing. @throws Refused temporarily_unavailable */
export async function startCampaign(app: App, product: string, id: string): Promise<void> {
  await withTemporalDeadline(app, () =>
    app.temporal.workflow.start('campaign', {
      ...options(app, product, id),
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  )
}

/** Pauses a campaign, or lets it go on. */
export async function sendCampaignUpdate(
  app: App,
  product: string,
  id: string,
  what: 'pause' | 'resume',
): Promise<void> {
  const handle = app.temporal.workflow.getHandle(campaignWorkflowId(product, id))
  await withTemporalDeadline(app, () =>
    handle.executeUpdate(what === 'pause' ? pauseUpdate : resumeUpdate),
  ).catch(error => {
    throw error instanceof WorkflowNotFoundError ? invalidRequest('campaign', 'is done') : error
  })
}

/**
 * Lets an account have what the campaigns give that are open at its present time. What cannot be done now is made up
 * for by the campaign itself when it looks again.
 */
export async function joinCampaigns(app: App, account: Account): Promise<void> {
  const { product } = account
  for (const id of await campaignsOpenAt(app.db, product, timeOf(account, app.now()))) {
    const startWorkflowOperation = new WithStartWorkflowOperation('campaign', {
      ...options(app, product, id),
      workflowIdConflictPolicy: 'USE_EXISTING',
    })
    const join = () =>
      app.temporal.workflow.executeUpdateWithStart(joinUpdate, {
        startWorkflowOperation,
        args: [account.account],
      })
    await withTemporalDeadline(app, join).catch(error => {
      if (!(error instanceof Refused)) throw error
      app.logger.warn({ product, campaign: id, refusal: error.refusal.code }, 'an account joined no campaign')
    })
  }
}

function options(app: App, product: string, id: string) {
  return {
    ...campaignStart({ product, id }),
    taskQueue: app.taskQueue,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  }
}
