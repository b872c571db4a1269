import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common'
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import { searchAttributes } from '../contract/messages.ts'
import { refusedCancellation } from './cancellation.ts'

/**
 * Shows a workflow's status in the Temporal UI. Only search attributes that differ are set: each upsert costs an event,
 * and starters set the first ones.
 * @param details paragraphs of Markdown; empty ones are left out
 */
export function publishStatus(details: string[], attributes: SearchAttributeUpdatePair[]): void {
  const known = workflowInfo().typedSearchAttributes
  const changed = attributes.filter(({ key, value }) => !isSame(known.get(key), value))
  if (changed.length > 0) upsertSearchAttributes(changed)
  setCurrentDetails([refusedCancellation(), ...details].filter(Boolean).join('\n\n'))
}

/** The search attribute by which operators find workflows that need a person. */
export function needsAttention(reason: string | null | undefined): SearchAttributePair {
  return { key: searchAttributes.needsAttention, value: Boolean(reason) }
}

/** The first paragraph of the details of a workflow that needs attention. */
export function attentionParagraph(reason: string | null | undefined): string {
  return reason ? `**Needs attention.** ${reason}` : ''
}

/** An attribute that was never set counts as false or empty. */
function isSame(known: unknown, wanted: unknown): boolean {
  if (known instanceof Date && wanted instanceof Date) return known.getTime() === wanted.getTime()
  return known === wanted || ((known ?? false) === false && (wanted ?? false) === false)
}
