import { workflowInfo } from '@temporalio/workflow'

/**
 * Paragraphs for operators: which events they can send with the update `event`, the first one as a command to paste.
 * @param events as JSON, the usual one first
 * @param revision of the record, which makes the id in the command: pasted twice the event happens once, and after a change again
 */
export function updateParagraphs(events: string[], revision: number): string[] {
  const [first, ...others] = events
  if (!first) return []
  return [
    'To correct it send the update `event` with two arguments: the event, and an id of your own, by which it happens once:',
    `\`temporal workflow update execute --name event --workflow-id ${workflowInfo().workflowId} --input '${first}' --input '"repair-${revision}"'\``,
    others.length > 0 ? `or ${others.map(other => `\`${other}\``).join(', ')}.` : '',
  ]
}
