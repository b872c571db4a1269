import type { Policy } from '../policy/policy.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'

/** What is given for something that went wrong, in credits: what was lost comes back, and a bonus is added (BR-11). */
export type Compensation = {
  source: string
  cause: string
  lost: number
  bonus: number
  /** larger than support may give alone */
  needs_approval: boolean
}

/**
 * Decides on a compensation by the policy's terms. The bonus is rounded down.
 * @param lost credits
 * @param multiplier the bonus in multiples of what was lost; as the policy says when left out
 * @throws Refused refund_not_offered where the policy gives nothing for this cause (XD-15), invalid_request
 */
export function decideCompensation(
  policy: Policy,
  { cause, lost, multiplier }: { cause: string; lost: number; multiplier?: number | undefined },
): Compensation {
  const { compensation } = policy
  if (!compensation?.causes.includes(cause))
    throw new Refused({
      code: 'refund_not_offered',
      detail: compensation
        ? `By the policy nothing is given for ${cause}, only for ${compensation.causes.join(', ')}.`
        : 'By the policy nothing is given for what went wrong.',
      causes: compensation?.causes ?? [],
    })
  const { source, approval_above } = compensation
  const times = multiplier ?? compensation.multiplier.default
  if (times > compensation.multiplier.maximum)
    throw invalidRequest('multiplier', `must not be above ${compensation.multiplier.maximum}`)
  const bonus = Math.floor(lost * times)
  return {
    source,
    cause,
    lost,
    bonus,
    needs_approval: approval_above !== null && lost + bonus > approval_above,
  }
}

/** What is known of a generation that went wrong. */
export type FailedGeneration = { state: string; spent: number }

/**
 * The credits that were lost: on a generation those that were spent on it, since what failed was refunded already.
 * @param stated what support says; on a generation part of what was spent
 * @throws Refused invalid_request
 */
export function creditsLost(stated: number | undefined, generation: FailedGeneration | null): number {
  if (!generation) {
    if (stated === undefined) throw invalidRequest('lost', 'is needed where no generation is named')
    return stated
  }
  const { state, spent } = generation
  if (state === 'reserved') throw invalidRequest('generation', 'is under way; settle it first')
  if (spent === 0)
    throw invalidRequest('generation', 'cost nothing: what was held for it came back by itself')
  if (stated !== undefined && stated > spent)
    throw invalidRequest('lost', `must not be above ${spent}, which were spent on the generation`)
  return stated ?? spent
}
