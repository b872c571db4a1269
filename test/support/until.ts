import { setTimeout as sleep } from 'node:timers/promises'

/** Between two looks, so that who is waited for gets on. */
export const breath = () => sleep(30)

/** Looks again and again until what is seen is what is waited for; the test's own timeout ends it otherwise. */
export async function until<T>(look: () => T | Promise<T>, is: (value: T) => boolean = Boolean): Promise<T> {
  for (;;) {
    const value = await look()
    if (is(value)) return value
    await breath()
  }
}
