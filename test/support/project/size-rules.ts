import path from 'node:path'
import type { Sources } from './sources.ts'

export const LONGEST_FILE = 300
export const FULLEST_FOLDER = 15

/** Files that may be longer, with the reason. */
const LONG_FILES: Record<string, string> = {
  'clients/typescript/src/api.ts': 'written by npm run client',
}

/** The texts of pages, emails and the reference in one language: they grow with what is said, not with what is decided. */
const isText = (file: string) => path.basename(path.dirname(file)) === 'texts'

/** Folders that may have more files, with the reason. */
const FULL_FOLDERS: Record<string, string> = {
  migrations: 'grows by a file with each migration',
}

/** Files with too many lines and folders with too many files. */
export function sizeViolations(files: Sources): string[] {
  const folders = new Map<string, number>()
  for (const file of files.keys()) folders.set(path.dirname(file), (folders.get(path.dirname(file)) ?? 0) + 1)
  const long = [...files]
    .map(([file, text]) => ({ file, lines: text.split('\n').length - 1 }))
    .filter(({ file, lines }) => lines > LONGEST_FILE && !LONG_FILES[file] && !isText(file))
  const full = [...folders].filter(([folder, count]) => count > FULLEST_FOLDER && !FULL_FOLDERS[folder])
  return [
    ...long.map(({ file, lines }) => `${file} has ${lines} lines`),
    ...full.map(([folder, count]) => `${folder}/ has ${count} files`),
  ]
}
