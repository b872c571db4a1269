import pg from 'pg'
import type { Book } from './act.ts'

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
 * @returns blocks of whole rows
 * @param values are put in place of $1, $2 …, since a copy takes no parameters
 */
export async function copyOut(
  book: Book,
  select: string,
  options: string,
  values: (string | null)[],
): Promise<Buffer[]> {
  const blocks = new Blocks()
  const filled = select.replaceAll(/\$(\d+)/g, (_, number) => {
    const value = values[Number(number) - 1] ?? null
    return value === null ? 'null' : pg.escapeLiteral(value)
  })
  const connection = await book.connect()
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

class Blocks {
  private readonly full: Buffer[] = []
  private block = Buffer.alloc(0)
  private used = 0

  add(row: Buffer): void {
    if (this.used + row.length > this.block.length) {
      this.close()
      this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, row.length))
    }
    this.used += row.copy(this.block, this.used)
  }

  filled(): Buffer[] {
    this.close()
    return this.full
  }

  private close(): void {
    if (this.used > 0) this.full.push(this.block.subarray(0, this.used))
    this.used = 0
  }
}
