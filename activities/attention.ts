import { type AttentionSubject, clearAttention, raiseAttention } from '../db/attention/raise.ts'
import type { Db } from '../db/core/command.ts'
import type { Provider } from '../domain/purchases/purchase.ts'
import { type Attention, attention, hasAttention } from '../domain/shared/attention.ts'
import { isTemporary, Refused } from '../domain/shared/refusals.ts'
import type { Policies } from '../platform/policy-store.ts'
import { mapRefusals } from './failures.ts'

/** The subject that attention is raised for, and the time by its account's clock. */
export type Raising = { about: AttentionSubject; at: Date }

/** The reasons that a step raises without recording them, and that a later success removes. */
export const STEP_REASONS: readonly Attention[] = ['transition_refused', 'provider_refused', 'provider_unavailable']

/** The reason that a refusal of a step which nobody asked for raises; an outage needs no person. */
function reasonOf(refused: Refused): Attention | null {
  if (isTemporary(refused)) return null
  return refused.refusal.code === 'provider_refused' ? 'provider_refused' : 'transition_refused'
}

/**
 * Runs a step that a workflow takes by itself. A refusal raises attention for the subjects, and success removes it.
 * @param recordedIn the messages that are recorded with the result, which stay
 */
export async function raisingRefusals<T>(
  db: Db,
  subjects: () => Promise<Raising[]>,
  run: () => Promise<T>,
  recordedIn: (result: T) => string | null = () => null,
): Promise<T> {
  try {
    const result = await run()
    const recorded = recordedIn(result)
    const over = STEP_REASONS.filter(kind => !hasAttention(recorded, kind))
    for (const { about } of await subjects()) await clearAttention(db, about, over)
    return result
  } catch (error) {
    const reason = error instanceof Refused ? reasonOf(error) : null
    if (reason === null) throw error
    const message = attention(reason, (error as Refused).message)
    for (const { about, at } of await subjects()) await raiseAttention(db, about, message, at)
    throw error
  }
}

/** The same for a run of a schedule that asks a payment provider for all of these products. */
export function raisingPollRefusals<T>(
  db: Db,
  products: string[],
  schedule: string,
  at: Date,
  run: () => Promise<T>,
): Promise<T> {
  const subject = { subject: 'poll', id: schedule, account_key: null } as const
  const raising = async () => products.map(product => ({ about: { ...subject, product }, at }))
  return mapRefusals(() => raisingRefusals(db, raising, run))
}

/** The products that are paid through a provider. */
export function usersOf(policies: Policies, provider: Provider): string[] {
  return [...policies.values()].flatMap(({ product, purchases }) =>
    purchases.providers.includes(provider) ? [product] : [],
  )
}
