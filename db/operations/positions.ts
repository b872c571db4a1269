import type { Db } from '../core/command.ts'

/**
 * How far a schedule has come, or null before its first run.
 * @param schedule its name, with the product if it has one, such as `gumroad-sales/PRODUCT`
 */
export async function readPosition(db: Db, schedule: string): Promise<string | null> {
  const { rows } = await db.query<{ position: string }>('select position from schedule_positions where schedule = $1', [
    schedule,
  ])
  return rows[0]?.position ?? null
}

/** Stores how far a schedule has come; null removes it, so that the next run starts over. */
export async function savePosition(db: Db, schedule: string, position: string | null): Promise<void> {
  if (position === null) {
    await db.query('delete from schedule_positions where schedule = $1', [schedule])
    return
  }
  await db.query(
    `insert into schedule_positions (schedule, position) values ($1, $2)
     on conflict (schedule) do update set position = excluded.position, recorded_at = clock_timestamp()`,
    [schedule, position],
  )
}
