import type { Policy } from '../credits/policy.ts'
import { Refused } from '../credits/refusals.ts'
import {
  type Corrected,
  correctsForFree,
  type Plan,
  planReservation,
  type ReservationRequest,
} from '../credits/reservation.ts'
import type { Book } from './act.ts'
import { findGeneration } from './generations.ts'
import type { AccountStanding } from './standing.ts'

/**
 * Plans what a request will hold, and holds it. Where credits may be spent without a membership, they are when the free
 * trials are used up.
 * @throws Refused as planReservation and the hold do
 */
export async function holding<T>(
  book: Book,
  policy: Policy,
  { account, standing }: AccountStanding,
  request: ReservationRequest,
  hold: (plan: Plan) => Promise<T>,
): Promise<T> {
  const corrected = correctsForFree(policy, request)
    ? await findCorrected(book, account.account_key, policy.product, request.correction_of ?? '')
    : null
  const plan = planReservation(policy, request, standing, { corrected })
  try {
    return await hold(plan)
  } catch (error) {
    const usedUp = error instanceof Refused && error.refusal.code === 'trial_exhausted'
    if (!usedUp || policy.spending.requires_membership) throw error
    return hold(planReservation(policy, request, standing, { without_trial: true }))
  }
}

async function findCorrected(
  book: Book,
  account_key: string,
  product: string,
  id: string,
): Promise<Corrected | null> {
  const found = await findGeneration(book, product, id)
  if (found?.account_key !== account_key) return null
  const { operation, outputs } = found.generation
  return { id, operation, outputs, corrections_allowed: found.corrections_allowed }
}
