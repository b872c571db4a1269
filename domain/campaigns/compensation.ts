import type { Policy } from '../policy/policy.ts'
import { invalidRequest } from '../shared/refusals.ts'

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
 * @throws Refused invalid_request, with the causes that the policy compensates if it does not compensate this one (XD-15)
 */
export function decideCompensation(
  policy: Policy,
  { cause, lost, multiplier }: { cause: string; lost: number; multiplier?: number | undefined },
): Compensation {
  const { compensation } = policy
  if (!compensation?.causes.includes(cause))
    throw invalidRequest(
      'cause',
      compensation
        ? `must be one of ${compensation.causes.join(', ')}`
        : 'must be a cause of the policy, which has none',
    )
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
