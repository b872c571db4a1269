import type { z } from 'zod'
import { invalidRequests } from './refusals.ts'

/** Reads a value by its schema. @throws Refused invalid_request that names every place and what is wrong there */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalidRequests(
    parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || '(body)', message })),
  )
}
