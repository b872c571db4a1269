import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export type Pace = {
  /** how often the files are read */
  everyMs: number
  /** the longest time until a change is reported, so that not all processes restart at once */
  spreadMs: number
}

const PACE: Pace = { everyMs: 10_000, spreadMs: 60_000 }

/**
 * Resolves with the first of these files whose content changes. A file that is missing or empty is
 * being written, and has not changed yet.
 */
export async function changedFile(files: string[], { everyMs, spreadMs }: Pace = PACE): Promise<string> {
  const before = await Promise.all(files.map(digestOf))
  for (;;) {
    await sleep(everyMs, undefined, { ref: false })
    const after = await Promise.all(files.map(digestOf))
    const changed = files.find((_file, index) => after[index] !== null && after[index] !== before[index])
    if (!changed) continue
    await sleep(Math.random() * spreadMs, undefined, { ref: false })
    return changed
  }
}

async function digestOf(file: string): Promise<string | null> {
  return readFile(file).then(
    content => (content.length > 0 ? hash('sha256', content) : null),
    () => null,
  )
}
