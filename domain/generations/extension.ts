import { z } from 'zod'
import { checkUsage, laterUsage } from '../rates/charge.ts'
import { ceilingOf, priceByCard, type Usage } from '../rates/price.ts'
import { usageSchema } from '../rates/usage.ts'
import { invalidRequest } from '../shared/refusals.ts'
import { checkRange } from './pricing.ts'
import { meteredOf, type Progress } from './progress.ts'

/** A request for more time, with the usage of the whole generation so far. */
export const extendMessage = z.strictObject({
  timeout_seconds: z
    .int()
    .min(1)
    .max(7 * 24 * 3600)
    .describe('The hold is released after this, counted from now. An earlier deadline changes nothing.'),
  usage: usageSchema.optional().describe('What the generation has used so far, by meter.'),
})

export type ExtendMessage = z.infer<typeof extendMessage>

/** `held`: the credits that the hold needs, with what was spent of it. */
export type ExtensionPlan = { deadline: Date; held: number; reported?: Usage }

/** An open generation: `amount` is held or was spent. */
type Open = { amount: number; reserved_at: string; at: Date }

/**
 * Decides how far a deadline moves, and what the hold needs for the usage so far (RC-07).
 * @throws Refused invalid_request beyond the policy's bound; price_out_of_range where the policy charges no more than is held
 */
export function decideExtension(progress: Progress, open: Open, message: ExtendMessage): ExtensionPlan {
  const { terms } = progress
  const deadline = new Date(open.at.getTime() + message.timeout_seconds * 1000)
  if (!terms || terms.extend_seconds === null)
    throw invalidRequest('timeout_seconds', 'cannot be extended: the deadline of this operation is fixed')
  const latest = new Date(Date.parse(open.reserved_at) + terms.extend_seconds * 1000)
  if (deadline > latest)
    throw invalidRequest(
      'timeout_seconds',
      `must end by ${latest.toISOString()}, the latest deadline of this generation`,
    )
  if (message.usage === undefined) return { deadline, held: 0 }
  checkUsage('usage', terms.card, message.usage)
  const reported = laterUsage(meteredOf(progress).reported, message.usage)
  return { deadline, held: heldFor(progress, open, reported), reported }
}

function heldFor({ terms, outputs }: Progress, { amount }: Open, reported: Usage): number {
  if (!terms?.card || terms.free) return 0
  const needed = ceilingOf(priceByCard(terms.card, terms.options, outputs, reported))
  if (terms.excess === 'draw') return needed
  if (terms.excess === 'reject') checkRange(needed, 0, amount, `It costs ${needed} credits, but ${amount} are held.`)
  return 0
}
