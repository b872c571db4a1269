import { z } from 'zod'
import { type AttentionKind, attentionKinds } from '../attention/kinds.ts'

const hours = z
  .int()
  .min(1)
  .max(24 * 31)
const kind = z.enum(Object.keys(attentionKinds) as [AttentionKind, ...AttentionKind[]])

/** How soon a person acts on what needs one. */
export const attentionTimes = z
  .strictObject({
    within_hours: hours.default(24).describe('Hours until it is overdue.'),
    by_kind: z.partialRecord(kind, hours).default({}).describe('Replaces within_hours for a kind.'),
  })
  .prefault({})
  .describe('When what needs a person is due, in the list of GET /v1/attention.')

export type AttentionTimes = z.infer<typeof attentionTimes>
