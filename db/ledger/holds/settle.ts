import type { RestSettlement } from '../../../domain/generations/progress.ts'
import type { FinalState } from '../../../domain/generations/settlement.ts'
import type { Charge } from '../../../domain/rates/charge.ts'
import type { Usage } from '../../../domain/rates/price.ts'
import { type Refusal, Refused } from '../../../domain/shared/refusals.ts'
import { runBatched } from '../../core/batch.ts'
import { type Command, type CommandRef, command, type Db, type Replayable, type Totals } from '../../core/command.ts'
import type { Generation } from '../../generations/generations.ts'
import { type Reservation, type Reserved, reserveArguments } from './reserve.ts'

export type Settle = {
  generation: string
  /** credits to spend, in spending order */
  spend: number
  /** credits to release, in reverse spending order */
  refund: number
  /** undelivered outputs among those that this settles */
  returned: number
  /** null while credits stay held */
  state: FinalState | null
  items: Record<string, boolean>
  rest: RestSettlement | null
  /** needed if credits are released */
  replacement: ReplacementTerms | null
  /** of a metered settlement, which decides what is spent and released */
  charge?: Charge
  /** a result after the time-out */
  late?: true
}

/** The terms of a new lot for released credits whose own lot has expired. */
export type ReplacementTerms = { expires_at: Date; spend_keys: Record<string, string>; terms: object }

export type Settled = { generation: Generation; totals: Totals } & Replayable

/**
 * Spends and releases held credits of a generation as domain/generations/settlement decided. Released credits return to
 * their lots. The first of commit, refund and time-out wins.
 * @throws Refused not_found; already_settled {state}, also if items were settled since the decision
 */
export function settle(db: Db, ref: Command, settlement: Settle): Promise<Settled> {
  const { replacement, ...request } = settlement
  return runBatched(db, 'settle', ref, request, { ...request, replacement })
}

export type Extension = {
  generation: string
  deadline: Date
  /** all credits that the hold needs, with what was spent of it */
  held: number
  /** the running usage by then */
  reported?: Usage
}

/**
 * Moves the deadline of an open generation, and draws what its hold lacks.
 * @throws Refused not_found; already_settled {state}; insufficient_credits
 */
export function extendHold(db: Db, ref: Command, extension: Extension): Promise<Settled> {
  return command(db, 'extend_hold', ref, extension, extension)
}

/**
 * Reserves and commits in one transaction, for finished work. @param reservation with the `charge` of a metered operation
 * @throws Refused as reserve does
 */
export function charge(db: Db, ref: CommandRef, reservation: Reservation & { charge?: Charge }): Promise<Reserved> {
  const operation_key = `charge/${reservation.generation}`
  return runBatched(db, 'charge', { ...ref, operation_key }, reservation.request, {
    ...reserveArguments({ ...reservation, concurrency: null }),
  })
}

/**
 * Rolls back a reservation whose result never reached the caller: releases its hold and deletes its key, so that the
 * request can be repeated. Does nothing without a hold.
 * @throws Refused already_settled if outputs were settled: then a caller did learn of it
 */
export async function rollbackReservation(
  db: Db,
  { account_key, at }: CommandRef,
  generation: string,
  replacement: ReplacementTerms,
): Promise<void> {
  const { rows } = await db.query<{ refused: { refusal: Refusal } | null }>(
    'select rollback_reservation($1, $2, $3, $4) as refused',
    [account_key, generation, at, JSON.stringify(replacement)],
  )
  const refused = rows[0]?.refused
  if (refused) throw new Refused(refused.refusal)
}
