import type { States } from '../../../domain/audits/ledger-snapshot.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import type { Db, Totals } from '../../core/command.ts'

/** A lot as the API shows it; amounts in credits, times ISO 8601 UTC. */
export type Lot = States & {
  id: string
  source: string
  frozen: boolean
  granted_at: string
  expires_at: string | null
  origin: { type: string; id: string }
}

export type Page = { limit: number; cursor?: string | undefined }

/**
 * The lots of an account in the order in which they will be spent, and its totals at the same moment. The cursor is the
 * last lot's key and id.
 * @param open only those with something left at that time, available or held
 */
export async function listLots(
  db: Db,
  account_key: string,
  at: Date,
  { limit, cursor }: Page,
  open = false,
): Promise<{ data: Lot[]; next_cursor: string | null; totals: Totals }> {
  const after = cursor === undefined ? null : readCursor(cursor)
  const { rows } = await db.query<{ totals: Totals; found: { lot: Lot; spend_key: string }[] }>(
    `select totals(a, $2) as totals, array(
       select jsonb_build_object('lot', lot_view(l, a, $2), 'spend_key', l.spend_key) from lots l
       where l.account_key = a.account_key and ($3::text is null or (l.spend_key, l.lot_id) > ($3, $4::bigint))
         and (not $6 or l.held > 0 or (l.spendable and coalesce(l.expires_at > $2, true)))
       order by l.spend_key, l.lot_id limit $5) as found
     from accounts a where a.account_key = $1`,
    [account_key, at, after?.[0] ?? null, after?.[1] ?? null, limit + 1, open],
  )
  if (!rows[0]) throw new Error('the account is not on the book')
  const { totals, found } = rows[0]
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    totals,
    data: found.slice(0, limit).map(({ lot }) => lot),
    next_cursor: last ? Buffer.from(`${last.lot.id} ${last.spend_key}`).toString('base64url') : null,
  }
}

/** The lots that came of one thing, a purchase for example, the oldest first. */
export async function lotsOfOrigin(
  db: Db,
  account_key: string,
  types: string[],
  id: string,
  at: Date,
): Promise<Lot[]> {
  const { rows } = await db.query<{ lot: Lot }>(
    `select lot_view(l, a, $2) as lot from lots l join accounts a using (account_key)
     where l.account_key = $1 and l.origin_type = any($3) and l.origin_id = $4 order by l.lot_id`,
    [account_key, at, types, id],
  )
  return rows.map(row => row.lot)
}

function readCursor(cursor: string): [spendKey: string, id: string] {
  const [, id, spendKey] =
    /^(\d{1,18}) ([\x20-\x7e]+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!id || !spendKey) throw invalidRequest('cursor', 'is not a cursor of this list')
  return [spendKey, id]
}
