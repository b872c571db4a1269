import { isInstant } from '../../domain/shared/calendar.ts'
import { invalidRequest } from '../../domain/shared/refusals.ts'

/** Which page of a list: at most `limit` rows after `cursor`, or the first ones. */
export type PageRequest = { limit: number; cursor?: string | undefined }

export type Page<T> = { data: T[]; next_cursor: string | null }

/**
 * Makes a page of limit + 1 rows; the extra row only shows that there are more.
 * @param cursorOf the cursor after a row
 */
export function toPage<T>(rows: T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { data: rows.slice(0, limit), next_cursor: last ? cursorOf(last) : null }
}

export function encodeCursor(position: string): string {
  return Buffer.from(position).toString('base64url')
}

/**
 * The named groups of a cursor made by encodeCursor; none without a cursor.
 * @param pattern of the position; its group `time`, if any, must be an instant
 * @throws Refused invalid_request
 */
export function decodeCursor(cursor: string | undefined, pattern: RegExp): Record<string, string> {
  if (cursor === undefined) return {}
  const groups = pattern.exec(Buffer.from(cursor, 'base64url').toString())?.groups
  if (!groups || (groups.time && !isInstant(groups.time)))
    throw invalidRequest('cursor', 'is not a cursor of this list')
  return groups
}
