import type { MonthLotEffect } from '../../db/memberships/memberships.ts'
import { replacementTerms } from '../../domain/generations/reservation.ts'
import type { MonthEffect } from '../../domain/memberships/subscriptions/money-back.ts'
import { monthCause } from '../../domain/memberships/subscriptions/money-back.ts'
import type { Policy } from '../../domain/policy/policy.ts'

/** The effects that the rules decided for a membership, with what the database needs. */
export function monthLotEffects(
  policy: Policy,
  id: string,
  effects: MonthEffect[],
  { at, timeZone }: { at: Date; timeZone: string },
): MonthLotEffect[] {
  return effects.map(effect => {
    const cause = monthCause(id, effect.month)
    if (effect.kind === 'restore')
      return { kind: 'restore', cause, reason: 'restore', replacement: replacementTerms(policy, at, timeZone) }
    const { credits, month: from, until, sources } = effect
    const origin = { type: 'membership' as const, id }
    const month = { from, until, sources }
    return { kind: 'take', cause, credits, short: 'leave', besides: [cause], reason: 'money_back', origin, month }
  })
}
