import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Db } from '../core/command.ts'

/** Writes the balances of a product's open accounts by account, source and expiry, as CSV with a header. @returns 0 */
export async function writeBalances(db: Db, product: string, output: Writable): Promise<number> {
  const client = await db.connect()
  let broken: Error | undefined
  try {
    const rows = client.query(
      copyTo(`copy (
        select a.account, l.source, coalesce(iso(l.expires_at), 'never') as expires_at, sum(l.available + l.held) as amount
        from lots l join accounts a using (account_key)
        where a.product = ${pg.escapeLiteral(product)} and a.closed_at is null and (l.spendable or l.held > 0)
          and coalesce(l.expires_at > clock_timestamp(), true)
        group by a.account, l.source, l.expires_at order by a.account, l.source, l.expires_at
      ) to stdout (format csv, header)`),
    )
    await pipeline(rows, output, { end: false })
    return 0
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}
