import { sleep } from '@temporalio/workflow'
import { attention } from '../../domain/shared/attention.ts'
import { cancellation } from './cancellation.ts'
import { refusalIn } from './failures.ts'
import { attentionParagraph, needsAttention, publishStatus } from './status.ts'

/** The result of one run of a schedule, shown in the Temporal UI: what it did, or why it did nothing. */
export type PollResult = Record<string, number | string | boolean> | { refused: string }

/** While a provider refuses us, a run raises attention and tries again, for a day; the schedule skips other runs. */
const RETRY_MS = 10 * 60_000
const MOST_TRIES = 144

/**
 * Runs a poll to its result. An outage is a result too: the schedule's next run tries again. A cancellation ends the run at
 * once, even while an activity is retried; the next run continues from the position in the database.
 */
export async function pollOnce(poll: () => Promise<PollResult>): Promise<PollResult> {
  const cancelled = cancellation().then(() => ({ cancelled: true }))
  const result = await Promise.race([retryWhileRefused(poll), cancelled])
  publishStatus([], [needsAttention(null)])
  return result
}

async function retryWhileRefused(poll: () => Promise<PollResult>): Promise<PollResult> {
  for (let tries = 1; ; tries++) {
    const { result, isRefused } = await tryOnce(poll)
    if (!isRefused || tries >= MOST_TRIES) return result
    const reason = attention('provider_refused', String(result.refused))
    const retry = 'It is tried again every ten minutes; to try at once cancel this run and trigger its schedule.'
    publishStatus([`${attentionParagraph(reason)} ${retry}`], [needsAttention(reason)])
    await sleep(RETRY_MS, { summary: 'Ask the provider again' })
  }
}

async function tryOnce(poll: () => Promise<PollResult>): Promise<{ result: PollResult; isRefused: boolean }> {
  try {
    return { result: await poll(), isRefused: false }
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    return { result: { refused: refusal.message }, isRefused: refusal.type === 'provider_refused' }
  }
}
