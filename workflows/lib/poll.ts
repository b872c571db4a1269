import { allHandlersFinished, condition, setHandler, workflowInfo } from '@temporalio/workflow'
import { attention } from '../../domain/shared/attention.ts'
import { checkUpdate } from '../contract/messages.ts'
import { refusalIn } from './failures.ts'
import { Inbox } from './inbox.ts'
import { attentionParagraph, needsAttention, publishStatus } from './status.ts'

const EVERY_MS = 3_600_000

/**
 * Polls every hour, until the history is long enough to continue as new. The update `check` polls at once, and answers
 * when that poll is done.
 * @param poll returns what it did, for the current details; a refusal is shown there and the next poll tries again. A
 * provider's refusal raises attention.
 */
export async function pollHourly(poll: () => Promise<string>): Promise<void> {
  const requests = new Inbox()
  setHandler(checkUpdate, async () => {
    requests.add()
    await condition(requests.untilNow())
  })
  while (!workflowInfo().continueAsNewSuggested) {
    const { details, needed } = await requests.process(() => outcomeOf(poll))
    publishStatus([attentionParagraph(needed), details], [needsAttention(needed)])
    await condition(() => requests.hasNew(), EVERY_MS)
  }
  await condition(allHandlersFinished)
}

async function outcomeOf(poll: () => Promise<string>): Promise<{ details: string; needed: string | null }> {
  try {
    return { details: await poll(), needed: null }
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    const details = `**${refusal.message}** The next poll is within the hour; the update \`check\` polls at once.`
    return { details, needed: refusal.type === 'provider_refused' ? attention(refusal.type, refusal.message) : null }
  }
}
