import type { Db } from '../core/command.ts'

/**
 * Tells of the credits of one account that expire in seven days or in one, once each (`credits.expiring`).
 * @param at the account's present time
 */
export async function announceExpiring(db: Db, account_key: string, at: Date): Promise<void> {
  await db.query('select announce_expiring($1, $2)', [account_key, at])
}

/** How far a look through the lots that will expire has come: the last one that was looked at. */
type Position = { expires_at: string; lot: number }

/**
 * The same for all accounts that live in real time, so many lots in one statement.
 * @returns how many notices there were
 */
export async function announceAllExpiring(db: Db, at: Date, lotsAtOnce: number): Promise<number> {
  let told = 0
  for (const days of NOTICE_DAYS) {
    let position: Position | null = { expires_at: daysAfter(at, days - 1).toISOString(), lot: 0 }
    while (position) {
      const look: { told: number; reached: Position | null } = await announceNext(
        db,
        at,
        daysAfter(at, days),
        position,
        lotsAtOnce,
      )
      told += look.told
      position = look.reached
    }
  }
  return told
}

/** The function notices has the same days. */
const NOTICE_DAYS = [7, 1]

function daysAfter(time: Date, days: number): Date {
  return new Date(time.getTime() + days * 24 * 3_600_000)
}

async function announceNext(db: Db, at: Date, until: Date, after: Position, limit: number) {
  const { rows } = await db.query<{ told: number; reached: Position | null }>({
    name: 'announce_next_expiring',
    text: 'select told, reached from announce_next_expiring($1, $2, $3, $4, $5)',
    values: [at, until, after.expires_at, after.lot, limit],
  })
  return rows[0] ?? { told: 0, reached: null }
}
