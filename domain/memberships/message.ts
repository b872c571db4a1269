import { z } from 'zod'
import { settableAmount } from '../shared/amount.ts'
// Times compare as text, so all have this form.
import { instantText } from '../shared/instant.ts'

const id = z.string().min(1).max(200)

/** Messages to a membership, sent over HTTP or Temporal. A change gets the terms of the policy at that time. */
export const membershipMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('renew'), paid_through: instantText }),
  z.strictObject({ kind: z.literal('reactivate'), paid_through: instantText.optional() }),
  z.strictObject({ kind: z.literal('lapse') }),
  z.strictObject({ kind: z.literal('cancel'), when: z.enum(['now', 'period_end']).optional() }),
  z.strictObject({ kind: z.literal('undo_cancel') }),
  z.strictObject({ kind: z.literal('undo_change') }),
  z.strictObject({
    kind: z.literal('change'),
    plan: id.optional(),
    slots: z.int().min(1).max(1_000_000).optional(),
    when: z.enum(['now', 'next_grant']).optional(),
  }),
  z.strictObject({
    kind: z.literal('combine'),
    credits: z.int().min(0),
    memberships: z.array(id),
    paid_through: instantText.optional(),
  }),
  z.strictObject({ kind: z.literal('join'), into: id }),
  z.strictObject({
    kind: z.literal('arrange'),
    monthly: settableAmount.nullable(),
    until: instantText.optional(),
  }),
  z.strictObject({ kind: z.literal('acknowledged') }),
])

export type MembershipMessage = z.infer<typeof membershipMessage>
