import { z } from 'zod'

const FIRST_YEAR = 1900
const LAST_YEAR = 9999

/** An ISO 8601 time with offset. Years have four digits, so that times sort as text. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform(text => new Date(text))
  .refine(
    time => time.getUTCFullYear() >= FIRST_YEAR && time.getUTCFullYear() <= LAST_YEAR,
    `must be in the years ${FIRST_YEAR} to ${LAST_YEAR}`,
  )

/** The same, normalized to UTC text. */
export const instantText = instant.transform(time => time.toISOString())
