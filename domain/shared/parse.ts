import type { z } from 'zod'
import { invalidRequests } from './refusals.ts'

type Mistake = { path: string; message: string }

/** Parses a value by its schema. @throws Refused invalid_request with every path and its first mistake */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw invalidRequests(
      firstPerPath(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || '(body)', message }))),
    )
  const unstorable = unstorableTexts(parsed.data, '')
  if (unstorable.length > 0) throw invalidRequests(unstorable)
  return parsed.data
}

function firstPerPath(mistakes: Mistake[]): Mistake[] {
  return mistakes.filter(({ path }, index) => mistakes.findIndex(other => other.path === path) === index)
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
