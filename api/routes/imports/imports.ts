import { z } from 'zod'
import { fingerprint } from '../../../db/core/command.ts'
import type { ImportReport, RejectedLine } from '../../../db/imports/check.ts'
import { type Import, loadImport } from '../../../db/imports/imports.ts'
import type { ReadLine } from '../../../db/imports/lines.ts'
import { runImport } from '../../../db/imports/run.ts'
import { type ImportKind, importRecords } from '../../../domain/imports/records.ts'
import { invalidRequest } from '../../../domain/shared/refusals.ts'
import { type Route, route } from '../../http/route.ts'
import { credits, instant, named, time } from '../../http/shapes.ts'
import { startMemberships } from '../../temporal/memberships.ts'

/** Larger imports are files for `npm run import`. */
const MOST_RECORDS = 1_000

/** A record is checked as a line of a file is, so that every mistake is in the answer. */
const record = z.record(z.string(), z.unknown())
const records = z.array(record).max(MOST_RECORDS).default([])

const kinds = Object.keys(importRecords) as ImportKind[]

const importShape = named('Import', {
  id: z.string(),
  state: z.enum(['checked', 'applying', 'applied', 'undoing', 'undone']),
  as_of: time,
  records: z.array(z.object({ kind: z.enum(kinds), new: credits, known: credits })),
  accounts: z.object({ new: credits, existing: credits }),
  credits: z.array(z.object({ source: z.string(), expires: z.string().nullable(), lots: credits, credits })),
  rejected: z.array(z.object({ kind: z.enum(kinds), index: credits, reason: z.string() })),
})

export const importRoutes: Route[] = [
  route('post /v1/imports', {
    operationId: 'importRecords',
    scope: 'admin',
    summary: 'Check or import accounts, lots, memberships and codes of another system',
    body: z.strictObject({
      as_of: instant.optional(),
      apply: z.boolean().default(false),
      accounts: records,
      lots: records,
      memberships: records,
      codes: records,
    }),
    idempotency: 'handler',
    responses: { 200: importShape },
    async handler({ app, policy, body }) {
      const { as_of = app.now(), apply, ...given } = body
      if (as_of > app.now()) throw invalidRequest('as_of', 'must not be in the future')
      const rejected: RejectedLine[] = []
      const {
        import: id,
        report,
        state,
      } = await runImport(
        app.db,
        policy,
        { digest: Buffer.from(fingerprint(given), 'base64url').toString('hex'), lines: () => linesOf(given) },
        {
          apply,
          asOf: as_of,
          reject: line => rejected.push(line),
          start: memberships => startMemberships(app, memberships),
        },
      )
      return { body: show({ import: id, state, as_of, report }, rejected) }
    },
  }),

  route('get /v1/imports/{id}', {
    operationId: 'getImport',
    scope: 'admin',
    summary: 'Get an import',
    responses: { 200: importShape },
    async handler({ app, caller, params }) {
      return { body: show(await loadImport(app.db, caller.product, params.id)) }
    },
  }),
]

/** Records count from 0 in each list. */
function* linesOf(given: Record<ImportKind, unknown[]>): Generator<ReadLine> {
  for (const kind of kinds) for (const [line, value] of given[kind].entries()) yield { file: kind, line, kind, value }
}

type Shown = Pick<Import, 'import' | 'as_of'> & { state: Import['state'] | 'checked'; report: ImportReport }

function show({ import: id, state, as_of, report }: Shown, rejected: RejectedLine[] = []) {
  return {
    id,
    state,
    as_of,
    ...report,
    rejected: rejected.map(({ file, line, reason }) => ({ kind: file, index: line, reason })),
  }
}
