import type { Db } from './command.ts'

const SYNC_INTERVAL_MS = 10_000
const RETRY_INTERVAL_MS = 500
/** Measurements before the first use: a single slow response leaves the offset uncertain by its duration. */
const INITIAL_MEASUREMENTS = 5

/** The log message of a failed synchronization. */
export const CLOCK_SYNC_FAILED = 'clock sync failed; using the last offset'

export type DbClock = Awaited<ReturnType<typeof syncDbClock>>

/**
 * Follows PostgreSQL's clock, which all processes use: no process then spends credits that have expired for another, and
 * entries are ordered in time, whatever a machine's own clock says.
 * @param onError called when a synchronization fails; the last known offset stays in use
 */
export async function syncDbClock(db: Db, onError: (error: unknown) => void) {
  let offsetMs = 0
  let synced = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  async function sync(): Promise<void> {
    for (let left = synced ? 1 : INITIAL_MEASUREMENTS; left > 0; left--) {
      const { min, max } = await measureOffset(db)
      offsetMs = Math.min(Math.max(offsetMs, min), max)
    }
    synced = true
  }
  async function run(): Promise<void> {
    await sync().catch(onError)
    if (stopped) return
    const delay = synced ? SYNC_INTERVAL_MS : RETRY_INTERVAL_MS
    timer = setTimeout(() => {
      running = run()
    }, delay)
  }
  let running = run()
  await running
  return {
    now: () => new Date(Date.now() + offsetMs),
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** PostgreSQL's time as it is now: processes that order readings by it cannot differ. */
export async function databaseTime(db: Db): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>('select clock_timestamp() as now')
  return (rows[0] as { now: Date }).now
}

/** Bounds of how many ms PostgreSQL's clock is ahead of ours, as narrow as the round trip allows. */
async function measureOffset(db: Db): Promise<{ min: number; max: number }> {
  // Not pool.query: waiting for a connection would widen the bounds.
  const connection = await db.connect()
  let broken: Error | undefined
  try {
    const sentAt = Date.now()
    const { rows } = await connection.query<{ now: Date }>('select clock_timestamp() as now')
    const receivedAt = Date.now()
    const [{ now }] = rows as [{ now: Date }]
    // Both clocks are truncated to a millisecond.
    return { min: now.getTime() - receivedAt - 1, max: now.getTime() - sentAt + 1 }
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    connection.release(broken)
  }
}
