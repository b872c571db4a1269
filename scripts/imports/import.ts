import type { Db } from '../../db/core/command.ts'
import { type ImportOptions, type ImportOutcome, runImport } from '../../db/imports/run.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { digestOf, importFiles, readLines } from './files.ts'

/** Imports the files of a folder. */
export async function importFolder(
  db: Db,
  policy: Policy,
  folder: string,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const files = await importFiles(folder)
  return runImport(db, policy, { digest: await digestOf(files), lines: () => readLines(files) }, options)
}
