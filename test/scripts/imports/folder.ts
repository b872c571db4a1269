import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Writes the files of an import into a new folder. */
export async function writeFolder(
  files: Record<string, string[]>,
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-import-'))
  for (const [name, lines] of Object.entries(files)) await writeFile(path.join(folder, name), `${lines.join('\n')}\n`)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
