import { condition, continueAsNew } from '@temporalio/workflow'

/**
 * The shape of a membership without anything in it: it waits for a due time, and continues as new to wait for the next.
 * @param due in milliseconds since 1970, the one to come first
 */
export async function emptyMembership(due: number[]): Promise<void> {
  const [next, ...later] = due
  if (next === undefined) return
  await condition(() => false, Math.max(1, next - Date.now()))
  await continueAsNew<typeof emptyMembership>(later)
}
