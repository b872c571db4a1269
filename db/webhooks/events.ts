import type { Db } from '../core/command.ts'

/** An endpoint with deliveries. */
export type EndpointId = { product: string; endpoint: string }

/**
 * Writes the deliveries of the oldest events that have none yet, to each endpoint that wants them.
 * @returns how many events there were, and the endpoints that have something to be sent
 */
export async function spreadEvents(
  db: Db,
  limit: number,
): Promise<{ events: number; endpoints: EndpointId[] }> {
  const { rows } = await db.query<{ events: number; endpoints: EndpointId[] }>({
    name: 'spread_events',
    text: 'select events, endpoints from spread_events($1)',
    values: [limit],
  })
  return rows[0] ?? { events: 0, endpoints: [] }
}

/** Forgets what was told before a time, and when nobody can be told it any more. */
export async function forgetEvents(db: Db, before: Date, limit: number): Promise<number> {
  const { rows } = await db.query<{ forgotten: number }>('select forget_events($1, $2) as forgotten', [
    before,
    limit,
  ])
  return rows[0]?.forgotten ?? 0
}
