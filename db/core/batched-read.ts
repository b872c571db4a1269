import { createBatcher, type Waiting } from './batcher.ts'
import type { Db } from './command.ts'

/** A read comes back soon, so a few are worth waiting for. */
const CROWD = 8
const MOST = 100

/**
 * A read that those who ask at the same time share. Each sees what was on the book when it asked, or later.
 * @param text takes each argument as an array of as many as ask, $1 the first arguments and so on, and returns rows of
 *   `n`, which counts them from 1, and what was found, if anything
 */
export function batchedRead<Arguments extends unknown[], Row extends object>(statement: {
  name: string
  text: string
}): (db: Db, ...args: Arguments) => Promise<Row | undefined> {
  const ask = createBatcher<Arguments, Row | undefined>({
    crowd: CROWD,
    most: MOST,
    send: (db, batch) => send(db, statement, batch),
  })
  return (db, ...args) => ask(db, args)
}

async function send<Arguments extends unknown[], Row extends object>(
  db: Db,
  statement: { name: string; text: string },
  batch: Waiting<Arguments, Row | undefined>[],
): Promise<void> {
  const count = batch[0]?.item.length ?? 0
  const values = Array.from({ length: count }, (_, index) => batch.map(({ item }) => item[index]))
  const { rows } = await db.query<Row & { n: number }>({ ...statement, values })
  for (const { n, ...found } of rows) batch[n - 1]?.resolve(found as Row)
  for (const { resolve } of batch) resolve(undefined)
}
