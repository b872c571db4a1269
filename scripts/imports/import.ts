import type { Db } from '../../db/core/command.ts'
import { applyImport } from '../../db/imports/apply.ts'
import type { ImportReport, RejectedLine } from '../../db/imports/check.ts'
import { findImportOf, type Import } from '../../db/imports/imports.ts'
import { prepareLines } from '../../db/imports/lines.ts'
import type { StartWorkflows } from '../../db/imports/memberships.ts'
import { nextImportId, stageImport } from '../../db/imports/stage.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { digestOf, importFiles, readLines } from './files.ts'

export type ImportOutcome = {
  import: string
  report: ImportReport
  rejected: number
  state: 'checked' | Import['state']
}

/**
 * Imports the files of a folder. An import that a killed process left goes on; one that was applied is not applied again.
 * @param apply without it, nothing is changed
 * @param asOf the time that the files describe; an import that goes on keeps its own
 * @param reject called with each line that is wrong: then nothing is applied
 */
export async function importFolder(
  db: Db,
  policy: Policy,
  folder: string,
  {
    apply,
    asOf,
    reject,
    start,
    progress,
  }: {
    apply: boolean
    asOf: Date
    reject: (line: RejectedLine) => void
    start: StartWorkflows
    progress?: (lots: number) => void
  },
): Promise<ImportOutcome> {
  const { product } = policy
  const files = await importFiles(folder)
  const digest = await digestOf(files)
  const running = { start, ...(progress ? { progress } : {}) }
  const known = await findImportOf(db, product, digest)
  if (known) {
    if (apply && known.state === 'applying') await applyImport(db, policy, known, running)
    const state = apply && known.state === 'applying' ? 'applied' : known.state
    return { import: known.import, report: known.report, rejected: 0, state }
  }
  let rejected = 0
  const count = (line: RejectedLine) => {
    rejected += 1
    reject(line)
  }
  const id = await nextImportId(db, product, digest)
  const lines = prepareLines(policy, asOf, readLines(files), count)
  const staging = { product, import: id, digest, as_of: asOf }
  const report = await stageImport(db, staging, lines, count, () => apply && rejected === 0)
  const stored = await findImportOf(db, product, digest)
  if (!stored) return { import: id, report, rejected, state: 'checked' }
  await applyImport(db, policy, stored, running)
  return { import: id, report, rejected, state: 'applied' }
}
