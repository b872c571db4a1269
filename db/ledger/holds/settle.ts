import type { Closing, FinalState } from '../../../domain/generations/settlement.ts'
import { runBatched } from '../../core/batch.ts'
import type { Command, Db, Replayable, Totals } from '../../core/command.ts'
import type { Generation } from '../../generations/generations.ts'
import { type Reservation, type Reserved, reserveArguments } from './reserve.ts'

export type Settle = {
  generation: string
  /** credits that were delivered, taken from the front of what is still held */
  spend: number
  /** credits that come back, taken from the end */
  refund: number
  /** outputs that were not delivered, of those that this settles */
  returned: number
  /** null while something stays held */
  state: FinalState | null
  items: Record<string, boolean>
  closing: Closing | null
  /** needed where something comes back */
  revival: ReplacementTerms | null
}

/** The terms on which refunded credits live whose own lot has expired: a new lot, since the old one is dead. */
export type ReplacementTerms = { expires_at: Date; spend_keys: Record<string, string>; terms: object }

export type Settled = { generation: Generation; totals: Totals } & Replayable

/**
 * Spends and gives back what a generation holds, as credits/settlement decided. Refunds go to the lots they came
 * from. Of commit, refund and time-out one wins, once.
 * @throws Refused not_found; already_settled {state}, also where items are settled that the decision did not know of
 */
export function settle(db: Db, which: Command, settlement: Settle): Promise<Settled> {
  const { revival, ...request } = settlement
  return runBatched(db, 'settle', which, request, { ...request, revival })
}

/** Reserve and commit in one transaction, for work that is done already. @throws Refused as reserve does */
export function charge(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  reservation: Reservation,
): Promise<Reserved> {
  const operation_key = `charge/${reservation.generation}`
  return runBatched(db, 'charge', { ...which, operation_key }, reservation.request, {
    ...reserveArguments({ ...reservation, concurrency: null }),
  })
}

/**
 * Undoes a reservation whose answer never reached the caller: what it held goes back and its key is forgotten, so
 * that the same request may be made again. Does nothing where nothing is held.
 */
export async function rollbackReservation(
  db: Db,
  { account_key, at }: Omit<Command, 'operation_key'>,
  generation: string,
  revival: ReplacementTerms,
): Promise<void> {
  await db.query('select abandon($1, $2, $3, $4)', [account_key, generation, at, JSON.stringify(revival)])
}
