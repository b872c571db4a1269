import type { Plan } from '../../../domain/generations/reservation.ts'
import type { Limit } from '../../../domain/policy/limits.ts'
import type { PriceLine } from '../../../domain/rates/price.ts'
import type { SettlementTerms } from '../../../domain/rates/terms.ts'
import type { Refusal } from '../../../domain/shared/refusals.ts'
import type { Account } from '../../accounts/accounts.ts'
import { runBatched } from '../../core/batch.ts'
import type { CommandRef, Db, Replayable, Totals } from '../../core/command.ts'
import type { Generation } from '../../generations/generations.ts'
import { counterUsage } from './limits.ts'

export type Reservation = {
  product: string
  generation: string
  operation: string
  outputs: number
  /** null where a rate card or a maximum decides the cost */
  unit_cost: number | null
  cost: number
  /** null: outputs have a price, and none of the rules of metered settlement */
  terms?: SettlementTerms | null
  /** the explained price of what is held */
  lines?: PriceLine[]
  /** only members may spend */
  requires_membership: boolean
  /** uses a free trial and costs nothing */
  free_trial?: boolean
  /** maximum number of reserved generations of the account, including this one */
  concurrency?: number | null
  /** counters to increment, with their limits */
  limits?: Limit[]
  /** emits an event when the available credits fall below this */
  low_below?: number | undefined
  deadline: Date
  /** the caller's request, stored with the hold */
  request: object
  api_key?: string | undefined
}

export type Reserved = { generation: Generation; totals: Totals } & Replayable

export function reserveKey(generation: string): string {
  return `reserve/${generation}`
}

/**
 * Holds the cost of a generation, drawing lots in spending order.
 * @throws Refused insufficient_credits {required, available, frozen}, membership_required, not_found, account_closed,
 *   idempotency_key_reused, concurrency_limit_reached and the refusals of its limits; a refused generation is stored as refused and may be reserved again
 */
export function reserve(db: Db, ref: CommandRef, reservation: Reservation): Promise<Reserved> {
  const operation_key = reserveKey(reservation.generation)
  return runBatched(db, 'reserve', { ...ref, operation_key }, reservation.request, reserveArguments(reservation))
}

/** The request's fingerprint and result of a reservation, and the generation's current state. */
export type KnownReservation = { fingerprint: string; result: Reserved; state: Generation['state'] }

/** The SQL function's arguments, without limits if there are none. */
export function reserveArguments(reservation: Reservation): Reservation & { usage?: object; metered?: object } {
  const { limits = [], free_trial = false, terms = null, lines, ...others } = reservation
  const usage = counterUsage(limits)
  return { ...others, free_trial, ...(usage ? { limits, usage } : {}), ...(terms ? { terms, metered: { lines } } : {}) }
}

export type Quote = {
  refusal: Refusal | null
  draws: { lot: string; source: string; amount: number }[]
  totals: Totals
}

/** The draws that a reservation would make now, or its refusal. Writes nothing. */
export async function quote(db: Db, account: Account, at: Date, plan: Plan): Promise<Quote> {
  const { rows } = await db.query<{ quote: Quote }>({
    name: 'quote',
    text: 'select quote($1, $2, $3) as quote',
    values: [account.account_key, at, JSON.stringify(plan)],
  })
  if (!rows[0]) throw new Error('quote returned no result')
  return rows[0].quote
}
