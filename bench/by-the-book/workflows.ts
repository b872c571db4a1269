import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow'
import type { Activities, Generation } from './activities.ts'

const { reserve, commit, release } = proxyActivities<Activities>({ startToCloseTimeout: '10 seconds' })

export const reserveUpdate = defineUpdate<Generation>('reserve')
export const completeUpdate = defineUpdate<Generation>('complete')

/** A generation as Temporal's samples would write it: the early answer of an update, then the outcome or the deadline. */
export async function generation(input: { id: string; account: string; cost: number }): Promise<void> {
  let reserved: Generation | undefined
  let completed = false

  setHandler(reserveUpdate, async () => {
    await condition(() => reserved !== undefined)
    return reserved as Generation
  })
  setHandler(completeUpdate, async () => {
    const spent = await commit(input.id)
    completed = true
    return spent
  })

  reserved = await reserve(input)
  if (!(await condition(() => completed, '15 minutes'))) await release(input.id)
}
