import { z } from 'zod'
import { credits, named, time } from '../../../domain/shared/shapes.ts'
import type { Db, Totals } from '../../core/command.ts'
import { decodeCursor, encodeCursor, type Page, type PageRequest, toPage } from '../../core/page.ts'

/** A lot as the API shows it; amounts in credits, times ISO 8601 UTC. */
export const lotShape = named('Lot', {
  id: z.string(),
  source: z.string(),
  granted: credits,
  available: credits,
  held: credits,
  spent: credits,
  expired: credits,
  revoked: credits,
  members_only: z.boolean(),
  frozen: z.boolean(),
  granted_at: time,
  expires_at: time.nullable(),
  origin: z.object({ type: z.string(), id: z.string() }),
})
export type Lot = z.infer<typeof lotShape>

/**
 * The lots of an account in spending order, and its totals at the same moment.
 * @param open only lots with available or held credits
 */
export async function listLots(
  db: Db,
  account_key: string,
  at: Date,
  { limit, cursor }: PageRequest,
  open = false,
): Promise<Page<Lot> & { totals: Totals }> {
  const { id, key } = decodeCursor(cursor, /^(?<id>\d{1,18}) (?<key>[\x20-\x7e]+)$/)
  const { rows } = await db.query<{ totals: Totals; found: { lot: Lot; spend_key: string }[] }>(
    `select totals(a, $2) as totals, array(
       select jsonb_build_object('lot', lot_view(l, a, $2), 'spend_key', l.spend_key) from lots l
       where l.account_key = a.account_key and ($3::text is null or (l.spend_key, l.lot_id) > ($3, $4::bigint))
         and (not $6 or l.held > 0 or (l.spendable and coalesce(l.expires_at > $2, true)))
       order by l.spend_key, l.lot_id limit $5) as found
     from accounts a where a.account_key = $1`,
    [account_key, at, key ?? null, id ?? null, limit + 1, open],
  )
  if (!rows[0]) throw new Error(`account ${account_key} does not exist`)
  const { totals, found } = rows[0]
  const { data, next_cursor } = toPage(found, limit, last => encodeCursor(`${last.lot.id} ${last.spend_key}`))
  return { totals, data: data.map(({ lot }) => lot), next_cursor }
}

/** The lots of one origin, for example a purchase, oldest first. */
export async function lotsOfOrigin(db: Db, account_key: string, types: string[], id: string, at: Date): Promise<Lot[]> {
  const { rows } = await db.query<{ lot: Lot }>(
    `select lot_view(l, a, $2) as lot from lots l join accounts a using (account_key)
     where l.account_key = $1 and l.origin_type = any($3) and l.origin_id = $4 order by l.lot_id`,
    [account_key, at, types, id],
  )
  return rows.map(row => row.lot)
}
