import fc from 'fast-check'
import { wireId } from '../support/stand-ins/stripe-payments.ts'

/**
 * Stories of payments for one pack of CREDITS for PRICE at Stripe: what happens to the money, told by events in Stripe's
 * wire format. Amounts are quarters of the price, so that credits are exact.
 */
export const CREDITS = 100
export const PRICE = 9_900
const QUARTER = PRICE / 4

export type WireEvent = {
  type: string
  object: Record<string, unknown> & { id: string }
  created: number
  /** the connected account that it is about */
  account?: string
}

/** `again`: a charge's event tells the lower total after a refund failed. */
type Refund = {
  quarters: number
  fails: 'no' | 'refund.failed' | 'charge.refund.updated'
  alsoCreated: boolean
  again: boolean
}
type Dispute = 'none' | 'open' | 'won' | 'reinstated' | 'lost' | 'prevented' | 'warning'

export type PaymentStory = {
  quarters: number
  currency: 'krw' | 'usd'
  /** async: the session completes unpaid, and its payment succeeds later */
  told_by: 'session' | 'async' | 'charge' | 'both'
  /** the payment intent as an object, as an expanded field has it, instead of an id */
  expanded: boolean
  refunds: Refund[]
  dispute: Dispute
  /** a credit note of a quarter for the balance: `early` before the payment, `voided` afterwards */
  note: 'none' | 'issued' | 'early' | 'voided'
  /** a payment of a connected account that names the purchase, or one of the same amount without a mark of ours */
  stranger: 'none' | 'connected' | 'unmarked'
}

/** How a payment finds its purchase: ordered here, by metadata of a payment link, or not at all until support assigns it. */
export type Story = { found_by: 'order' | 'link' | 'support'; payments: PaymentStory[] }

const refund = fc.record<Refund>({
  quarters: fc.constantFrom(1, 2, 4),
  fails: fc.constantFrom('no' as const, 'no' as const, 'refund.failed' as const, 'charge.refund.updated' as const),
  alsoCreated: fc.boolean(),
  again: fc.boolean(),
})

const payment = fc.record<PaymentStory>({
  quarters: fc.constantFrom(4, 4, 4, 2, 6),
  currency: fc.constantFrom('krw' as const, 'krw' as const, 'krw' as const, 'usd' as const),
  told_by: fc.constantFrom('session' as const, 'async' as const, 'charge' as const, 'both' as const),
  expanded: fc.boolean(),
  refunds: fc.array(refund, { maxLength: 2 }),
  dispute: fc.constantFrom<Dispute>(
    'none',
    'none',
    'none',
    'open',
    'won',
    'reinstated',
    'lost',
    'prevented',
    'warning',
  ),
  note: fc.constantFrom('none' as const, 'none' as const, 'issued' as const, 'early' as const, 'voided' as const),
  stranger: fc.constantFrom('none' as const, 'none' as const, 'connected' as const, 'unmarked' as const),
})

export const story: fc.Arbitrary<Story> = fc.oneof(
  fc.record({ found_by: fc.constant('order' as const), payments: fc.array(payment, { minLength: 1, maxLength: 3 }) }),
  fc.record({ found_by: fc.constantFrom('link' as const, 'support' as const), payments: fc.tuple(payment) }),
)

/** Refunds that were possible, and what is left to dispute. */
function moneyOf({ quarters, refunds, note }: PaymentStory) {
  let left = note === 'issued' || note === 'early' ? quarters - 1 : quarters
  const made = refunds.flatMap(each => {
    const amount = Math.min(each.quarters, left)
    if (amount === 0) return []
    if (each.fails === 'no') left -= amount
    return [{ ...each, quarters: amount }]
  })
  return { made, refunded: quarters - left, left }
}

/** Whether nothing of a payment is left. */
export function isRefunded(payment: PaymentStory): boolean {
  return moneyOf(payment).left === 0
}

const TAKES: Record<Dispute, boolean> = {
  none: false,
  open: true,
  won: false,
  reinstated: false,
  lost: true,
  prevented: true,
  warning: false,
}

/** The credits that the kept money buys, and whether a person must look; null where that depends on the order. */
export function expectedOf({ payments }: Story): { available: number; attention: boolean | null } {
  const all = payments.map(each => ({ ...each, ...moneyOf(each) }))
  const fitting = all.filter(({ quarters, currency }) => currency === 'krw' && quarters >= 4)
  const sum = (of: (each: (typeof all)[number]) => number) => fitting.reduce((total, each) => total + of(each), 0)
  const received = sum(({ quarters }) => quarters)
  const refunded = sum(each => each.refunded)
  const disputed = sum(({ dispute, left }) => (TAKES[dispute] ? left : 0))
  const wrong = all.some(each => !fitting.includes(each) && each.left > 0)
  const excess = fitting.length > 0 && received - 4 - refunded > 0
  const fails = all.some(({ made }) => made.some(each => each.fails !== 'no'))
  return {
    available: (CREDITS / 4) * Math.max(0, Math.min(4, received - refunded - disputed)),
    attention: fails && !wrong && !excess ? null : wrong || excess,
  }
}

/** The events of a payment, oldest first. @param mark its reference and metadata */
export function eventsOf(
  story: PaymentStory,
  mark: { client_reference_id: string | null; metadata: object },
): WireEvent[] {
  const { currency, told_by, dispute, note, stranger } = story
  const { made, left } = moneyOf(story)
  const id = { intent: wireId('pi'), charge: wireId('ch'), invoice: note === 'none' ? null : wireId('in') }
  const payment_intent = story.expanded ? { id: id.intent, object: 'payment_intent' } : id.intent
  const common = { currency, livemode: false, payment_intent }
  let created = Math.floor(Date.now() / 1000)
  const events: WireEvent[] = []
  const tell = (type: string, object: WireEvent['object']) => events.push({ type, object, created: created++ })
  const amount = story.quarters * QUARTER
  const marked = told_by === 'charge' ? { purchase: mark.client_reference_id, ...mark.metadata } : {}
  const charge = (amount_refunded: number) => ({
    ...common,
    id: id.charge,
    object: 'charge',
    amount,
    amount_captured: amount,
    amount_refunded,
    captured: true,
    created: 1_800_000_000,
    // Charges name their invoice in older API versions.
    ...(told_by === 'charge' ? { invoice: id.invoice } : {}),
    metadata: marked,
    paid: true,
  })
  const session = {
    ...common,
    ...mark,
    id: wireId('cs_test'),
    object: 'checkout.session',
    amount_total: amount,
    invoice: id.invoice,
    mode: 'payment',
    payment_status: 'paid',
    status: 'complete',
  }
  const credited = { id: wireId('cn'), object: 'credit_note', invoice: id.invoice, amount: QUARTER, refunds: [] }
  if (note === 'early') tell('credit_note.created', { ...credited, post_payment_amount: QUARTER, status: 'issued' })
  if (told_by === 'session' || told_by === 'both') tell('checkout.session.completed', session)
  if (told_by === 'async') {
    tell('checkout.session.completed', { ...session, payment_status: 'unpaid' })
    tell('checkout.session.async_payment_succeeded', session)
  }
  if (told_by === 'charge' || told_by === 'both') tell('charge.succeeded', charge(0))
  const other = { ...charge(0), id: wireId('ch'), payment_intent: wireId('pi') }
  if (stranger === 'unmarked') tell('charge.succeeded', { ...other, metadata: {} })
  if (stranger === 'connected') {
    const named = { purchase: mark.client_reference_id, ...mark.metadata }
    events.push({ type: 'charge.succeeded', object: { ...other, metadata: named }, created, account: 'acct_1' })
  }

  let refunded = 0
  for (const { quarters, fails, alsoCreated, again } of made) {
    const object = {
      ...common,
      id: wireId('re'),
      object: 'refund',
      amount: quarters * QUARTER,
      charge: id.charge,
      metadata: {},
    }
    refunded += object.amount
    if (alsoCreated) tell('refund.created', { ...object, status: 'succeeded' })
    tell('charge.refunded', charge(refunded))
    if (fails === 'no') continue
    refunded -= object.amount
    tell(fails, { ...object, status: 'failed', failure_reason: 'lost_or_stolen_card' })
    if (again) tell('charge.refunded', charge(refunded))
  }
  if (note === 'issued' || note === 'voided')
    tell('credit_note.created', { ...credited, post_payment_amount: QUARTER, status: 'issued' })
  if (note === 'voided') tell('credit_note.voided', { ...credited, post_payment_amount: QUARTER, status: 'void' })
  if (left > 0)
    for (const [type, fields] of disputeEvents(dispute, left * QUARTER))
      tell(type, {
        ...common,
        id: `du_${id.charge}`,
        object: 'dispute',
        amount: left * QUARTER,
        charge: id.charge,
        ...fields,
      })
  return events
}

function disputeEvents(dispute: Dispute, amount: number): [type: string, fields: object][] {
  const withdrawn = [{ amount: -amount }]
  const back = [{ amount: -amount }, { amount }]
  const opened: [string, object] = [
    'charge.dispute.created',
    { status: 'needs_response', balance_transactions: withdrawn },
  ]
  switch (dispute) {
    case 'none':
      return []
    case 'open':
      return [opened, ['charge.dispute.funds_withdrawn', { status: 'under_review', balance_transactions: withdrawn }]]
    case 'won':
      return [opened, ['charge.dispute.closed', { status: 'won', balance_transactions: back }]]
    case 'reinstated':
      return [opened, ['charge.dispute.funds_reinstated', { status: 'under_review', balance_transactions: back }]]
    case 'lost':
      return [opened, ['charge.dispute.closed', { status: 'lost', balance_transactions: withdrawn }]]
    case 'prevented': {
      const payment_method_details = { card: { case_type: 'resolution' }, type: 'card' }
      return [['charge.dispute.created', { status: 'prevented', balance_transactions: [], payment_method_details }]]
    }
    case 'warning':
      return [
        ['charge.dispute.created', { status: 'warning_needs_response', balance_transactions: [] }],
        ['charge.dispute.closed', { status: 'warning_closed', balance_transactions: [] }],
      ]
  }
}
