import { allHandlersFinished, condition, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow'
import { checkUpdate } from '../contract/messages.ts'
import { refusalIn } from './failures.ts'
import { Inbox } from './inbox.ts'

const EVERY_MS = 3_600_000

/**
 * Polls every hour, until the history is long enough to continue as new. The update `check` polls at once, and answers
 * when that poll is done.
 * @param poll returns what it did, for the current details; a refusal is shown there and the next poll tries again
 */
export async function pollHourly(poll: () => Promise<string>): Promise<void> {
  const requests = new Inbox()
  setHandler(checkUpdate, async () => {
    requests.add()
    await condition(requests.untilNow())
  })
  while (!workflowInfo().continueAsNewSuggested) {
    setCurrentDetails(await requests.process(() => outcomeOf(poll)))
    await condition(() => requests.hasNew(), EVERY_MS)
  }
  await condition(allHandlersFinished)
}

async function outcomeOf(poll: () => Promise<string>): Promise<string> {
  try {
    return await poll()
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    return `**${refusal.message}** The next poll is within the hour; the update \`check\` polls at once.`
  }
}
