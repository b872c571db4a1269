import { readFileSync } from 'node:fs'
import path from 'node:path'

/** What the first example of each operation was answered, by operation; `npm run answers` records it. */
export const answers: Record<string, { status: number; body: unknown }> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'answers.json'), 'utf8'),
)
