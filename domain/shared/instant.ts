import { z } from 'zod'

const FIRST_YEAR = 1900
const LAST_YEAR = 9999

/** A time that somebody tells us: ISO 8601 with its offset, within years that book, texts and their order can hold. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform(text => new Date(text))
  .refine(
    time => time.getUTCFullYear() >= FIRST_YEAR && time.getUTCFullYear() <= LAST_YEAR,
    `must be of the years ${FIRST_YEAR} to ${LAST_YEAR}`,
  )

/** The same, as text in UTC. */
export const instantText = instant.transform(time => time.toISOString())
