import { createBatcher } from './batcher.ts'
import type { Db } from './command.ts'

/**
 * Batches concurrent calls of one read. Each call sees the database as of its start or later.
 *
 * Not dataloader: commands need the batcher anyway. Per GET …/balance it takes the same CPU if it batches by setImmediate, and
 * twice ours and four times PostgreSQL's by its default.
 * @param text receives each argument as an array with one element per call ($1 holds the first arguments, and so on) and
 *   returns rows of `n`, the number of the call from 1, and the row that was found, if any
 */
export function batchedRead<Arguments extends unknown[], Row extends object>(statement: {
  name: string
  text: string
}): (db: Db, ...args: Arguments) => Promise<Row | undefined> {
  const read = createBatcher<Arguments, Row | undefined>({
    // Reads return soon, so queue a few.
    queuedPerInFlight: 8,
    maxBatch: 100,
    send: async (db, batch) => {
      const count = batch[0]?.item.length ?? 0
      const values = Array.from({ length: count }, (_, index) => batch.map(({ item }) => item[index]))
      const { rows } = await db.query<Row & { n: number }>({ ...statement, values })
      for (const { n, ...found } of rows) batch[n - 1]?.resolve(found as Row)
      for (const { resolve } of batch) resolve(undefined)
    },
  })
  return (db, ...args) => read(db, args)
}
