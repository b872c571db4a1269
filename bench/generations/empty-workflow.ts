import { condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow'

export const beginUpdate = defineUpdate<string>('begin')
export const finishSignal = defineSignal('finish')

/** The shape of a generation without anything in it: an update that answers at once, then one message, then the end. */
export async function empty(): Promise<void> {
  let finished = false
  setHandler(beginUpdate, () => 'begun')
  setHandler(finishSignal, () => {
    finished = true
  })
  await condition(() => finished)
}
