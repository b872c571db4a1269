import type { Membership } from './membership.ts'

/** The price of the periods that a payment covers, in minor units, for the invoice (LS-17). */
export type Charge = { amount: number; currency: string; periods: number; slots: number }

/**
 * The charge for the time between two moments as part of an event's detail; empty where the plan has no price. A period that
 * is not whole counts as one.
 */
export function chargeFor({ terms, slots }: Membership, from: string, until: string): { charge?: Charge } {
  const { price = null, period } = terms
  if (!price || until <= from) return {}
  const periods = Math.max(1, Math.round(monthsBetween(from, until) / (period === 'P1Y' ? 12 : 1)))
  return { charge: { amount: price.amount * slots * periods, currency: price.currency, periods, slots } }
}

/** Months with a fraction, as days of 1/30 month. */
function monthsBetween(from: string, until: string): number {
  const [start, end] = [new Date(from), new Date(until)]
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth()
  return months + (end.getUTCDate() - start.getUTCDate()) / 30
}
