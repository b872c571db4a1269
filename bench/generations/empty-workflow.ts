import { condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow'

export const startUpdate = defineUpdate<string>('start')
export const finishSignal = defineSignal('finish')

/** The shape of a generation without its work: an update that returns at once, then a signal, then the end. */
export async function empty(): Promise<void> {
  let finished = false
  setHandler(startUpdate, () => 'started')
  setHandler(finishSignal, () => {
    finished = true
  })
  await condition(() => finished)
}
