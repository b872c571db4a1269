import { searchAttributes } from './messages.ts'

const statuses = { running: "'Running'", ended: "'Completed', 'Failed', 'TimedOut'" }

/**
 * Temporal's query for workflows that need a person. Others than these have another run, which raises attention itself: they were
 * continued as new, reset, or terminated and started again.
 */
export function attentionQuery(taskQueue: string, which: keyof typeof statuses): string {
  const { name } = searchAttributes.needsAttention
  return `TaskQueue = '${taskQueue}' AND ${name} = true AND ExecutionStatus IN (${statuses[which]})`
}
