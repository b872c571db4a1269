import { z } from 'zod'
import { settableAmount } from '../shared/amount.ts'
// Times are compared as texts, so all of them have this one form.
import { instantText } from '../shared/instant.ts'

const id = z.string().min(1).max(200)

/**
 * What may be sent to a membership, over HTTP or straight over Temporal. A change names the plan or the slots; its terms
 * are those of the policy when it happens.
 */
export const membershipMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('renew'), paid_through: instantText }),
  z.strictObject({ kind: z.literal('reactivate'), paid_through: instantText.optional() }),
  z.strictObject({ kind: z.literal('lapse') }),
  z.strictObject({ kind: z.literal('cancel'), when: z.enum(['now', 'period_end']).optional() }),
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
])

export type MembershipMessage = z.infer<typeof membershipMessage>
