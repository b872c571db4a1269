import type { Policy } from '../policy/policy.ts'
import { invalidRequest, Refused } from '../shared/refusals.ts'

/** A compensation: the lost credits and a bonus (BR-11). */
export type Compensation = {
  source: string
  cause: string
  lost: number
  bonus: number
  /** more than support may grant without a second person */
  needs_approval: boolean
}

/**
 * Decides a compensation. The bonus is rounded down.
 * @param lost credits
 * @param multiplier the bonus in multiples of the lost credits; the policy's default if omitted
 * @throws Refused refund_not_offered if the policy does not compensate the cause (XD-15), invalid_request
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
        ? `The policy compensates ${compensation.causes.join(', ')}, not ${cause}.`
        : 'The policy has no compensation.',
      causes: compensation?.causes ?? [],
    })
  const { source, approval_above } = compensation
  const times = multiplier ?? compensation.multiplier.default
  if (times > compensation.multiplier.maximum)
    throw invalidRequest('multiplier', `must be at most ${compensation.multiplier.maximum}`)
  const bonus = Math.floor(lost * times)
  return {
    source,
    cause,
    lost,
    bonus,
    needs_approval: approval_above !== null && lost + bonus > approval_above,
  }
}

export type FailedGeneration = { state: string; spent: number }

/**
 * The lost credits: those spent on the generation, since failed outputs were refunded.
 * @param stated by support; with a generation, at most what was spent
 * @throws Refused invalid_request
 */
export function creditsLost(stated: number | undefined, generation: FailedGeneration | null): number {
  if (!generation) {
    if (stated === undefined) throw invalidRequest('lost', 'is required without a generation')
    return stated
  }
  const { state, spent } = generation
  if (state === 'reserved') throw invalidRequest('generation', 'is not settled yet')
  if (spent === 0) throw invalidRequest('generation', 'cost nothing: its credits were released')
  if (stated !== undefined && stated > spent)
    throw invalidRequest('lost', `must be at most ${spent}, the credits spent on the generation`)
  return stated ?? spent
}
