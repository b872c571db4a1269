/**
 * A line of a paid invoice. `plan`: the plan that its price names. `proration`: it covers the rest of a period after a change. A
 * line below 0 credits an earlier one. Money is in minor units.
 */
export type PaidLine = {
  item: string | null
  plan: string | null
  slots: number
  from: string
  to: string
  proration: boolean
  amount: number
  invoice: string
  /** the plan in the subscription's metadata when the invoice was created; absent if none */
  plan_then?: string
  /** the part of its invoice's payment that went back; absent if none did */
  back?: Money
}

/** An amount of a total, in minor units. */
export type Money = { amount: number; of: number }

/** The rest of an earlier time that the invoice of a restarted billing cycle credits. */
export type CreditedRest = { plan: string | null; slots: number; from: string; to: string }

/** A paid time of the plan's own item. */
export type PaidPlan = {
  plan: string
  slots: number
  from: string
  to: string
  proration: boolean
  /** the part of its price that went back by a refund, dispute or credit note; absent if none did */
  back?: Money
  /** the part that a later invoice credits, such as that of a downgrade; absent if none does */
  credited?: Money
  /** of a period that restarts the billing cycle: what its invoice credits; absent if nothing */
  rest?: CreditedRest[]
  /** where a restarted cycle ends it before its time */
  until?: string
  /** whether a change within a period is paid with what follows it: the next period, or another change */
  late?: boolean
  /** of a change: whether the changes of its invoice cost nothing together */
  free?: boolean
}

/** A paid time; `plan` is null if it cannot be told. */
export type PaidTime = Omit<PaidPlan, 'plan'> & { plan: string | null }
