import type { Db } from '../core/command.ts'

export type EndpointId = { product: string; endpoint: string }

/**
 * Creates the deliveries of the oldest events without any, one for each subscribed endpoint.
 * @returns the number of events, and the endpoints with new deliveries
 */
export async function fanOutEvents(db: Db, limit: number): Promise<{ events: number; endpoints: EndpointId[] }> {
  const { rows } = await db.query<{ events: number; endpoints: EndpointId[] }>({
    name: 'fan_out_events',
    text: 'select events, endpoints from fan_out_events($1)',
    values: [limit],
  })
  return rows[0] ?? { events: 0, endpoints: [] }
}

/** Deletes events from before a time without pending deliveries. @returns how many */
export async function deleteEvents(db: Db, before: Date, limit: number): Promise<number> {
  const { rows } = await db.query<{ deleted: number }>('select delete_old_events($1, $2) as deleted', [before, limit])
  return rows[0]?.deleted ?? 0
}
