import type { MonthLotEffect } from '../../db/memberships/memberships.ts'
import { replacementTerms } from '../../domain/generations/reservation.ts'
import { type MonthEffect, monthCause, restartCause } from '../../domain/memberships/subscriptions/money-back.ts'
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
    const taken = {
      credits,
      reason: 'money_back',
      origin: { type: 'membership' as const, id },
      month: { from, until, sources },
    }
    if (effect.kind === 'take') return { ...taken, kind: 'take', cause, short: 'leave', besides: [cause] }
    const restarted = restartCause(id, from)
    return { ...taken, kind: 'return', cause: restarted, short: 'debt', besides: [restarted] }
  })
}
