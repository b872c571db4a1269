import { prepareRecord } from '../../domain/imports/prepare.ts'
import type { ImportKind } from '../../domain/imports/records.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { fingerprint } from '../core/command.ts'
import type { RejectedLine } from './check.ts'
import type { ImportLine } from './stage.ts'

/** A line as read: its value, or why it has none. */
export type ReadLine = { file: string; line: number; kind: ImportKind } & ({ value: unknown } | { reason: string })

/**
 * Checks lines by their schema and the policy.
 * @param asOf the time that the records describe
 * @param reject called with each line that is wrong, and left out
 */
export async function* prepareLines(
  policy: Policy,
  asOf: Date,
  lines: AsyncIterable<ReadLine> | Iterable<ReadLine>,
  reject: (line: RejectedLine) => void,
): AsyncGenerator<ImportLine> {
  for await (const read of lines) {
    const { file, line, kind } = read
    if ('reason' in read) {
      reject({ file, line, reason: read.reason })
      continue
    }
    try {
      yield { ...prepareRecord(policy, asOf, kind, read.value), file, line, fingerprint: fingerprint(read.value) }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      reject({ file, line, reason: error.message })
    }
  }
}
