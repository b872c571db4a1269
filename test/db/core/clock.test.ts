import { type DbClock, syncDbClock } from '../../../db/core/clock.ts'
import type { Db } from '../../../db/core/command.ts'

const TEN_MINUTES = 600_000

let clock: DbClock | undefined

beforeEach(() => jest.useFakeTimers({ now: new Date('2026-03-01T12:00:00.000Z') }))

afterEach(async () => {
  await clock?.stop()
  jest.useRealTimers()
})

/** A database whose clock is so many ms ahead, with a round-trip time for each query; the last one repeats. */
function bookAhead(aheadMs: number, ways: { there: number; back: number }[]): Db {
  const query = async () => {
    const { there, back } = (ways.length > 1 ? ways.shift() : ways[0]) as { there: number; back: number }
    jest.setSystemTime(Date.now() + there)
    const now = new Date(Date.now() + aheadMs)
    jest.setSystemTime(Date.now() + back)
    return { rows: [{ now }] }
  }
  return { connect: async () => ({ query, release: () => undefined }) } as unknown as Db
}

async function wrongByMs(aheadMs: number, ways: { there: number; back: number }[]): Promise<number> {
  clock = await syncDbClock(bookAhead(aheadMs, ways), error => {
    throw error
  })
  return Math.abs(clock.now().getTime() - Date.now() - aheadMs)
}

it.each([-TEN_MINUTES, 0, TEN_MINUTES])('a clock that is %s ms off is corrected', async aheadMs => {
  expect(await wrongByMs(aheadMs, [{ there: 0, back: 0 }])).toBeLessThanOrEqual(1)
})

it.each([
  [-TEN_MINUTES, { there: 300, back: 0 }],
  [TEN_MINUTES, { there: 0, back: 300 }],
])('one slow answer does not disturb the clock (%s ms off)', async (aheadMs, slow) => {
  expect(await wrongByMs(aheadMs, [slow, { there: 1, back: 1 }])).toBeLessThanOrEqual(2)
})
