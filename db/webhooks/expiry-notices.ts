import { EXPIRY_NOTICE_DAYS } from '../../domain/webhooks/events.ts'
import type { Db } from '../core/command.ts'

/** By product, the sources whose credits customers are emailed about; null: all. Without the product there is no email. */
export type ExpiryEmails = Record<string, string[] | null>

/**
 * Emits `credits.expiring` for an account's credits, once for each of EXPIRY_NOTICE_DAYS, and queues the email of the first.
 * @param at the account's current time
 */
export async function announceExpiring(db: Db, account_key: string, at: Date, emails: ExpiryEmails): Promise<void> {
  const values = [account_key, EXPIRY_NOTICE_DAYS, at, JSON.stringify(emails)]
  await db.query('select emit_expiry_notices($1, $2, $3, $4)', values)
}

/** The last scanned lot, in the order of expiry. */
type Position = { expires_at: string; lot: number }

/**
 * Does the same for all accounts in real time.
 * @param onBatch called after each batch
 * @returns the number of notices
 */
export async function announceAllExpiring(
  db: Db,
  at: Date,
  emails: ExpiryEmails,
  batchSize: number,
  onBatch: () => void,
): Promise<number> {
  let count = 0
  for (const days of EXPIRY_NOTICE_DAYS) {
    let position: Position | null = { expires_at: daysAfter(at, days - 1).toISOString(), lot: 0 }
    while (position) {
      const batch: { emitted: number; reached: Position | null } = await announceNext(
        db,
        at,
        daysAfter(at, days),
        position,
        batchSize,
        emails,
      )
      count += batch.emitted
      position = batch.reached
      onBatch()
    }
  }
  return count
}

function daysAfter(time: Date, days: number): Date {
  return new Date(time.getTime() + days * 24 * 3_600_000)
}

async function announceNext(db: Db, at: Date, until: Date, after: Position, limit: number, emails: ExpiryEmails) {
  const { rows } = await db.query<{ emitted: number; reached: Position | null }>({
    name: 'emit_next_expiry_notices',
    text: 'select emitted, reached from emit_next_expiry_notices($1, $2, $3, $4, $5, $6, $7)',
    values: [EXPIRY_NOTICE_DAYS, at, until, after.expires_at, after.lot, limit, JSON.stringify(emails)],
  })
  return rows[0] ?? { emitted: 0, reached: null }
}
