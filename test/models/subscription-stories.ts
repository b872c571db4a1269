import fc from 'fast-check'

/**
 * Stories of a subscription at Stripe: months that are paid or not, and money of their payments that goes back and forth.
 * Amounts are quarters of a month's price, so that credits are exact.
 */
export const CREDITS = 100
export const PRICE = 1_000
const QUARTERS = 4

/** The policy's value for credits whose payment goes back. */
export type Rule = 'revoke_unused' | 'keep' | 'unset'

export type Dispute = 'open' | 'won' | 'reinstated' | 'lost' | 'prevented' | 'warning'

export type Move =
  | { kind: 'refund'; quarters: number; fails: 'no' | 'refund.failed' | 'charge.refund.updated' }
  | { kind: 'dispute'; ends: Dispute }
  | { kind: 'credit_note'; quarters: number; refunded: boolean; voided: boolean }
  | { kind: 'void' }

/** How a month is paid: as it begins, two days late, or not at all; or its invoice is voided. */
export type Month = {
  paid: 'in time' | 'late' | 'never' | 'voided'
  /** another quantity is announced, and nobody pays for it */
  announced: boolean
  /** uses of ten credits after the payment */
  uses: number
  /** each concerns a payment of the story: the last one, the one before, … */
  moves: { move: Move; of: number; told: 'at once' | 'later' }[]
  /** in which the events arrive, and how many at once */
  order: number[]
  together: number[]
}

export type Story = { rule: Rule; months: Month[] }

const move = fc.oneof(
  fc.record({
    kind: fc.constant('refund' as const),
    quarters: fc.constantFrom(1, 2, 4),
    fails: fc.constantFrom('no' as const, 'no' as const, 'refund.failed' as const, 'charge.refund.updated' as const),
  }),
  fc.record({
    kind: fc.constant('dispute' as const),
    ends: fc.constantFrom<Dispute>('open', 'won', 'reinstated', 'lost', 'prevented', 'warning'),
  }),
  fc.record({
    kind: fc.constant('credit_note' as const),
    quarters: fc.constantFrom(1, 2, 4),
    refunded: fc.boolean(),
    voided: fc.boolean(),
  }),
  fc.constant({ kind: 'void' as const }),
)

const EVENTS = 40

const month = fc.record<Month>({
  paid: fc.constantFrom('in time', 'in time', 'in time', 'late', 'never', 'voided'),
  announced: fc.boolean(),
  uses: fc.constantFrom(0, 0, 1, 4, 8),
  moves: fc.array(
    fc.record({ move, of: fc.constantFrom(0, 0, 1), told: fc.constantFrom('at once' as const, 'later' as const) }),
    { maxLength: 3 },
  ),
  order: fc.array(fc.nat(), { minLength: EVENTS, maxLength: EVENTS, size: 'max' }),
  together: fc.array(fc.constantFrom(1, 2, 3), { minLength: EVENTS, maxLength: EVENTS, size: 'max' }),
})

export const story: fc.Arbitrary<Story> = fc.record({
  rule: fc.constantFrom<Rule>('revoke_unused', 'revoke_unused', 'keep', 'unset'),
  months: fc.array(month, { minLength: 1, maxLength: 3 }),
})

/** The money of one payment that went back, in quarters, and the credits that it bought. */
export class PaymentModel {
  refunded = 0
  disputed = 0
  credited = 0
  voided = false
  hadDispute = false
  spent = 0

  /** how much a refund or dispute can take of the charge */
  get charged(): number {
    return QUARTERS - this.refunded - this.disputed
  }

  get creditable(): number {
    return QUARTERS - this.credited
  }

  get back(): number {
    return this.voided ? QUARTERS : Math.min(QUARTERS, this.refunded + this.disputed + this.credited)
  }

  /** The credits left of those that the payment bought: only unused ones are revoked. */
  left(rule: Rule): number {
    const unused = CREDITS - this.spent
    return rule === 'revoke_unused' ? unused - Math.min(unused, (CREDITS / QUARTERS) * this.back) : unused
  }
}

/** Spends the credits of the earliest month first. @returns false where they do not suffice */
export function spend(payments: PaymentModel[], rule: Rule, credits: number): boolean {
  if (payments.reduce((sum, each) => sum + each.left(rule), 0) < credits) return false
  let open = credits
  for (const payment of payments) {
    const used = Math.min(open, payment.left(rule))
    payment.spent += used
    open -= used
  }
  return true
}

/** The credits left of a story, and whether a person must decide what happens to them. */
export function expectedOf(payments: PaymentModel[], rule: Rule): { credits: number; undecided: boolean } {
  return {
    credits: payments.reduce((sum, each) => sum + each.left(rule), 0),
    undecided: rule === 'unset' && payments.some(({ back }) => back > 0),
  }
}
