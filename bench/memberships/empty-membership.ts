import { condition, continueAsNew } from '@temporalio/workflow'

/**
 * The shape of a membership without its work: waits for a due time, then continues as new and waits for the next.
 * @param due in milliseconds since 1970, in order
 */
export async function emptyMembership(due: number[]): Promise<void> {
  const [next, ...later] = due
  if (next === undefined) return
  await condition(() => false, Math.max(1, next - Date.now()))
  await continueAsNew<typeof emptyMembership>(later)
}
