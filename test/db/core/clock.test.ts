import { type DbClock, syncDbClock } from '../../../db/core/clock.ts'
import type { Db } from '../../../db/core/command.ts'

const TEN_MINUTES = 600_000

let clock: DbClock | undefined

beforeEach(() => jest.useFakeTimers({ now: new Date('2026-03-01T12:00:00.000Z') }))

afterEach(async () => {
  await clock?.stop()
  jest.useRealTimers()
})

/** A database whose clock is `aheadMs` ahead. Each query takes the next round trip; the last one repeats. */
function databaseAhead(aheadMs: number, roundTrips: { requestMs: number; responseMs: number }[]): Db {
  const query = async () => {
    const { requestMs, responseMs } = (roundTrips.length > 1 ? roundTrips.shift() : roundTrips[0]) as {
      requestMs: number
      responseMs: number
    }
    jest.setSystemTime(Date.now() + requestMs)
    const now = new Date(Date.now() + aheadMs)
    jest.setSystemTime(Date.now() + responseMs)
    return { rows: [{ now }] }
  }
  return { connect: async () => ({ query, release: () => undefined }) } as unknown as Db
}

async function remainingErrorMs(
  aheadMs: number,
  roundTrips: { requestMs: number; responseMs: number }[],
): Promise<number> {
  clock = await syncDbClock(databaseAhead(aheadMs, roundTrips), error => {
    throw error
  })
  return Math.abs(clock.now().getTime() - Date.now() - aheadMs)
}

it.each([-TEN_MINUTES, 0, TEN_MINUTES])(
  'a local clock that differs by %s ms from the database is corrected',
  async aheadMs => {
    expect(await remainingErrorMs(aheadMs, [{ requestMs: 0, responseMs: 0 }])).toBeLessThanOrEqual(1)
  },
)

it.each([
  [-TEN_MINUTES, { requestMs: 300, responseMs: 0 }],
  [TEN_MINUTES, { requestMs: 0, responseMs: 300 }],
])('one slow answer does not distort the correction of %s ms', async (aheadMs, slow) => {
  expect(await remainingErrorMs(aheadMs, [slow, { requestMs: 1, responseMs: 1 }])).toBeLessThanOrEqual(2)
})
