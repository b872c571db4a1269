import type { Db } from './command.ts'

/** A difference lasts no longer than this. */
const ASK_AGAIN_MS = 10_000
/** As long as the difference is not known. */
const ASK_SOON_MS = 500
/** Before anybody relies on it: one answer that was long under way leaves as much unknown. */
const ASK_FIRST = 5

/** What a process says then. */
export const CLOCK_SYNC_FAILED =
  'the book was not asked for its time: ours holds, with the difference that was last known'

export type DbClock = {
  now(): Date
  stop(): Promise<void>
}

/**
 * The clock that decides: that of the book's PostgreSQL. All processes live by it, however wrong their own clocks are, so
 * that none spends what has expired for another, and entries follow one another in time.
 * @param failing is told when PostgreSQL could not be asked; the last known difference holds meanwhile
 */
export async function syncDbClock(db: Db, failing: (error: unknown) => void): Promise<DbClock> {
  let aheadMs = 0
  let known = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  async function ask(): Promise<void> {
    const { earliest, latest } = await difference(db)
    aheadMs = Math.min(Math.max(aheadMs, earliest), latest)
  }
  async function learn(): Promise<void> {
    for (let left = known ? 1 : ASK_FIRST; left > 0; left--) await ask()
    known = true
  }
  async function turn(): Promise<void> {
    await learn().catch(failing)
    if (stopped) return
    timer = setTimeout(
      () => {
        asking = turn()
      },
      known ? ASK_AGAIN_MS : ASK_SOON_MS,
    )
  }
  let asking = turn()
  await asking
  return {
    now: () => new Date(Date.now() + aheadMs),
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await asking
    },
  }
}

/** By how many ms PostgreSQL's clock is ahead of ours, as exactly as the way there and back lets us know. */
async function difference(db: Db): Promise<{ earliest: number; latest: number }> {
  const connection = await db.connect()
  let broken: Error | undefined
  try {
    const asked = Date.now()
    const { rows } = await connection.query<{ now: Date }>('select clock_timestamp() as now')
    const heard = Date.now()
    const [{ now }] = rows as [{ now: Date }]
    // Of a millisecond that has begun nobody knows how much is over.
    return { earliest: now.getTime() - heard - 1, latest: now.getTime() - asked + 1 }
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    connection.release(broken)
  }
}
