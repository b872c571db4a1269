import { z } from 'zod'
import { credits } from '../../domain/shared/shapes.ts'
import type { Db } from '../core/command.ts'
import type { EntryFilter } from '../ledger/entries/entries.ts'

export const usageShape = z.object({ group: z.string(), spent: credits, refunded: credits, count: z.int() })
type UsageGroup = z.infer<typeof usageShape>

const groups = {
  day: `to_char(h.reserved_at at time zone a.time_zone, 'YYYY-MM-DD')`,
  operation: 'h.operation',
  api_key: `coalesce(h.api_key, '')`,
}

/**
 * An account's usage per day (in its time zone), operation or API key: credits spent and refunded, and the number of
 * generations including free ones. A generation counts on the day of its reservation.
 */
export async function usage(
  db: Db,
  account_key: string,
  groupBy: keyof typeof groups,
  { from, to }: Pick<EntryFilter, 'from' | 'to'>,
): Promise<UsageGroup[]> {
  const { rows } = await db.query<UsageGroup>(
    `select ${groups[groupBy]} as group, sum(h.spent)::bigint as spent, sum(h.refunded)::bigint as refunded,
       count(*) as count
     from holds h join accounts a using (account_key)
     where h.account_key = $1 and h.state <> 'refused'
       and ($2::timestamptz is null or h.reserved_at >= $2) and ($3::timestamptz is null or h.reserved_at < $3)
     group by 1 order by 1`,
    [account_key, from ?? null, to ?? null],
  )
  return rows
}
