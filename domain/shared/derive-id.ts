import { createHash } from 'node:crypto'

/** An id derived from business keys, so that a repeated request gets the same id: `gen_3f1d…`. */
export function deriveId(prefix: string, ...parts: string[]): string {
  const digest = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24)
  return `${prefix}_${digest}`
}
