import type { Policy } from '../../domain/policy/policy.ts'
import type { Db } from '../core/command.ts'
import { applyImport } from './apply.ts'
import type { ImportReport, RejectedLine } from './check.ts'
import { findImportOf, type Import } from './imports.ts'
import { prepareLines, type ReadLine } from './lines.ts'
import type { StartWorkflows } from './memberships.ts'
import { nextImportId, stageImport } from './stage.ts'

/** What is imported, and a hash of it, by which the same import is recognised. */
export type ImportSource = { digest: string; lines: () => AsyncIterable<ReadLine> | Iterable<ReadLine> }

export type ImportOptions = {
  /** without it, nothing is changed */
  apply: boolean
  /** the time that the lines describe; an import that goes on keeps its own */
  asOf: Date
  /** called with each line that is wrong: then nothing is applied */
  reject: (line: RejectedLine) => void
  start: StartWorkflows
  progress?: (lots: number) => void
}

export type ImportOutcome = {
  import: string
  report: ImportReport
  rejected: number
  state: 'checked' | Import['state']
}

/** Imports lines. An import that a killed process left goes on; one that was applied is not applied again. */
export async function runImport(
  db: Db,
  policy: Policy,
  { digest, lines }: ImportSource,
  { apply, asOf, reject, start, progress }: ImportOptions,
): Promise<ImportOutcome> {
  const { product } = policy
  const running = { start, ...(progress ? { progress } : {}) }
  const finish = async (found: Import): Promise<ImportOutcome> => {
    const { import: id, report, state } = found
    if (!apply || state !== 'applying') return { import: id, report, rejected: 0, state }
    await applyImport(db, policy, found, running)
    return { import: id, report, rejected: 0, state: 'applied' }
  }
  const known = await findImportOf(db, product, digest)
  if (known) return finish(known)
  let rejected = 0
  const count = (line: RejectedLine) => {
    rejected += 1
    reject(line)
  }
  const staging = { product, import: await nextImportId(db, product, digest), digest, as_of: asOf }
  const prepared = prepareLines(policy, asOf, lines(), count)
  const report = await stageImport(db, staging, prepared, count, () => apply && rejected === 0)
  const stored = await findImportOf(db, product, digest)
  return stored ? finish(stored) : { import: staging.import, report, rejected, state: 'checked' }
}
