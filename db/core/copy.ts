import pg from 'pg'
import type { Db } from './command.ts'

/** What of pg's Query its published types leave out. */
type CopyingQuery = pg.Query & {
  callback: (error: Error | null) => void
  handleCopyData(message: { chunk: Buffer }): void
}

/** A row comes as a message of some hundred bytes: kept one by one they would be more garbage than text. */
const BLOCK_BYTES = 128 * 1024

/**
 * What PostgreSQL writes by itself for `copy (…) to stdout`, which is an order of magnitude less work than rows that
 * are read one by one. All of it is held in memory, so that the connection is free before anybody has read it.
 * @param blocks are emptied and filled with whole rows
 * @param values are put in place of $1, $2 …, since a copy takes no parameters
 */
export async function copyOut(
  db: Db,
  select: string,
  options: string,
  values: (string | null)[],
  blocks: Blocks,
): Promise<Buffer[]> {
  blocks.empty()
  const filled = select.replaceAll(/\$(\d+)/g, (_, number) => {
    const value = values[Number(number) - 1] ?? null
    return value === null ? 'null' : pg.escapeLiteral(value)
  })
  const connection = await db.connect()
  let broken: Error | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      const query = new pg.Query(`copy (${filled}) to stdout with (${options})`) as CopyingQuery
      // The message is a window on a buffer that the connection uses again.
      query.handleCopyData = ({ chunk }) => blocks.add(chunk)
      query.callback = error => (error ? reject(error) : resolve())
      connection.query(query)
    })
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    connection.release(broken)
  }
  return blocks.filled()
}

/**
 * Memory for the rows of a copy, to be filled again when nobody reads any more what is in it: as garbage 64 MB of it would
 * gather before Node looks.
 */
export class Blocks {
  private readonly kept: Buffer[] = []
  private full: Buffer[] = []
  private block: Buffer = Buffer.alloc(0)
  private used = 0
  private taken = 0

  add(row: Buffer): void {
    if (this.used + row.length > this.block.length) {
      this.close()
      this.block = this.take(row.length)
    }
    this.used += row.copy(this.block, this.used)
  }

  filled(): Buffer[] {
    this.close()
    return this.full
  }

  /** Whatever was filled is written over from now on. */
  empty(): void {
    this.full = []
    this.block = Buffer.alloc(0)
    this.used = 0
    this.taken = 0
  }

  private take(bytes: number): Buffer {
    if (bytes > BLOCK_BYTES) return Buffer.allocUnsafeSlow(bytes)
    const block = this.kept[this.taken] ?? Buffer.allocUnsafeSlow(BLOCK_BYTES)
    this.kept[this.taken++] = block
    return block
  }

  private close(): void {
    if (this.used > 0) this.full.push(this.block.subarray(0, this.used))
    this.used = 0
  }
}
