import type { z } from 'zod'
import { invalidRequests } from './refusals.ts'
import { type Mistake, messageOf, mistakesIn } from './schema-mistakes.ts'

/** Parses a value by its schema. @throws Refused invalid_request with every path and its first mistake */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value, { error: messageOf })
  if (!parsed.success) throw invalidRequests(mistakesIn(parsed.error))
  const unstorable = unstorableTexts(parsed.data, '')
  if (unstorable.length > 0) throw invalidRequests(unstorable)
  return parsed.data
}

/** PostgreSQL cannot store NUL or an unpaired surrogate. */
function unstorableTexts(value: unknown, path: string): Mistake[] {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed()
      ? [{ path: path || '(body)', message: 'has a character that cannot be stored' }]
      : []
  if (value === null || typeof value !== 'object' || value instanceof Date) return []
  return Object.entries(value).flatMap(([key, part]) => [
    ...unstorableTexts(key, path),
    ...unstorableTexts(part, path ? `${path}.${key}` : key),
  ])
}
