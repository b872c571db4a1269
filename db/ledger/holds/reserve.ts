import type { Limit } from '../../../domain/policy/limits.ts'
import { runBatched } from '../../core/batch.ts'
import type { Command, Db, Replayable, Totals } from '../../core/command.ts'
import type { Generation } from '../../generations/generations.ts'
import { countedOf } from './counters.ts'

export type Reservation = {
  product: string
  generation: string
  operation: string
  outputs: number
  unit_cost: number
  cost: number
  /** only members may spend at all */
  requires_membership: boolean
  /** paid by one of the free trials: it costs nothing */
  free_trial?: boolean
  /** how many generations of the account may be under way at once, this one among them */
  concurrency?: number | null
  /** what it counts, and up to where */
  limits?: Limit[]
  /** below so many credits the account is low, of which its product is told */
  low_below?: number | undefined
  deadline: Date
  /** what was asked for, kept with the hold */
  request: object
  api_key?: string | undefined
}

export type Reserved = { generation: Generation; totals: Totals } & Replayable

/** The operation key of a generation's reservation. */
export function reserveKey(generation: string): string {
  return `reserve/${generation}`
}

/**
 * Holds the cost of a generation, drawing lots in the order of use.
 * @throws Refused insufficient_credits {required, available, frozen}, membership_required, not_found, account_closed,
 *   idempotency_key_reused; a refused generation is remembered as such, may be tried again, and holds nothing
 */
export function reserve(
  db: Db,
  which: Omit<Command, 'operation_key'>,
  reservation: Reservation,
): Promise<Reserved> {
  const key = { ...which, operation_key: reserveKey(reservation.generation) }
  return runBatched(db, 'reserve', key, reservation.request, reserveArguments(reservation))
}

/** What a reservation was asked and answered, and where it stands now. */
export type KnownReservation = { fingerprint: string; result: Reserved; state: Generation['state'] }

/** What the book is told of a reservation. What is not limited is left out, so that it costs nothing. */
export function reserveArguments(reservation: Reservation): Reservation & { counted?: object } {
  const { limits = [], free_trial = false, ...others } = reservation
  const counted = countedOf(limits)
  return { ...others, free_trial, ...(counted ? { limits, counted } : {}) }
}
