import { formatMoney } from '../shared/amount.ts'
import { type DisputeStatus, type Paid, type Payment, type PaymentFacts, REFUNDED_IN_FULL } from './payment-facts.ts'
import type { Purchase } from './purchase.ts'

/** The result of judging a purchase's payments. Money in minor units. */
export type Judgement = {
  /** whether a payment fits the purchase */
  paid: boolean
  /** the price, less the discount of a promotion code where no payment fits without it */
  price: number
  /** the part of the price that went back */
  back: number
  /** the total refunded, including overpayments, without credit notes */
  refunded: number
  /** the part of each disputed amount that the rest of the money does not cover */
  disputes: { id: string; amount: number; status: DisputeStatus }[]
  failed_refunds: number[]
  /** the mismatch that was not refunded, for attention; null if all payments fit */
  wrong: string | null
}

type Price = Pick<Purchase, 'amount' | 'currency' | 'quantity'>

/**
 * Judges each payment by itself: amount, currency, quantity and page must fit the purchase. A second payment and an excess
 * are money that can go back without revoking credits.
 */
export function judgePayments(purchase: Price, { payments }: PaymentFacts): Judgement {
  const fitting = payments.filter(payment => fittingAmount(purchase, payment) !== null)
  const paid = fitting.length > 0
  // Support may have granted a purchase whose payment does not fit.
  const counted = paid ? fitting : payments.filter(({ paid: [first] }) => first?.currency === purchase.currency)
  const total = fitting.reduce((sum, payment) => sum + (fittingAmount(purchase, payment) ?? 0), 0)
  const refundOf = (payment: Payment) => (payment.refunded === REFUNDED_IN_FULL ? purchase.amount : payment.refunded)
  const returned = counted.reduce((sum, payment) => sum + refundOf(payment), 0)
  const credited = counted.reduce((sum, payment) => sum + (payment.credited ?? 0), 0)
  const price = paid ? discountedPrice(purchase.amount, fitting) : purchase.amount
  const excess = paid ? total - price : 0
  const left = Math.max(0, excess - returned)
  return {
    paid,
    price,
    back: Math.max(0, returned - excess),
    refunded: returned - credited,
    disputes: coverDisputes(purchase, counted, left),
    failed_refunds: counted.flatMap(payment => payment.failed_refunds),
    wrong: describeWrong(purchase, payments, left),
  }
}

/** The references of the payments, those with the most money left first, so that a refund finds its payment. */
export function referencesByMoney({ payments }: PaymentFacts): string[] {
  const left = ({ paid, refunded, disputes }: Payment) =>
    Math.max(0, ...paid.map(({ amount }) => amount ?? 0)) -
    refunded -
    Object.values(disputes).reduce((sum, { amount, status }) => sum + (status === 'won' ? 0 : amount), 0)
  return [...payments].sort((a, b) => left(b) - left(a)).flatMap(payment => payment.references)
}

/** The amount of a payment that fits; null if none of its events does. Unknown amounts never fit. */
function fittingAmount({ amount, currency, quantity }: Price, { paid }: Payment): number | null {
  const fitting = paid.filter(
    one =>
      one.amount !== null &&
      one.amount + (one.discount ?? 0) >= amount &&
      one.currency === currency &&
      one.page === undefined &&
      (one.quantity ?? quantity) === quantity,
  )
  return fitting.length === 0 ? null : Math.max(...fitting.map(one => one.amount ?? 0))
}

function discountedPrice(price: number, fitting: Payment[]): number {
  const paid = fitting.flatMap(payment => payment.paid)
  if (paid.some(({ amount }) => amount !== null && amount >= price)) return price
  return Math.max(0, price - Math.max(...paid.map(({ discount = 0 }) => discount)))
}

function coverDisputes({ amount: price, currency }: Price, payments: Payment[], left: number) {
  const disputes = payments.flatMap(payment => Object.entries(payment.disputes)).sort(([a], [b]) => (a < b ? -1 : 1))
  let cover = left
  return disputes.map(([id, dispute]) => {
    const comparable = !dispute.currency || dispute.currency === currency
    const amount = comparable ? dispute.amount : price
    const covered = dispute.status === 'won' ? 0 : Math.min(cover, amount)
    cover -= covered
    return { id, amount: amount - covered, status: dispute.status }
  })
}

function describeWrong(purchase: Price, payments: Payment[], excess: number): string | null {
  const price = formatMoney(purchase.amount, purchase.currency)
  const wrong = payments
    .filter(payment => payment.paid.length > 0 && fittingAmount(purchase, payment) === null)
    .filter(({ paid, refunded }) => paid.some(({ amount }) => refunded < (amount || REFUNDED_IN_FULL)))
    .map(({ paid: [first] }) => `${describePaid(first as Paid, purchase)} instead of ${price}.`)
  if (excess > 0) wrong.push(`${formatMoney(excess, purchase.currency)} more than ${price}.`)
  if (payments.some(payment => payment.unknown_refund)) wrong.push('A refund of an unknown amount.')
  return wrong.length === 0 ? null : wrong.join(' ')
}

/** An amount for a person, with the quantity if it differs. */
export function describePaid({ amount, currency, quantity, page }: Paid, expected: Price): string {
  const money = amount === null || currency === null ? unknownAmount(currency) : formatMoney(amount, currency)
  const differs = quantity !== undefined && quantity !== expected.quantity
  if (page !== undefined) return `${money} on the page ${page}`
  return differs ? `${money} for ${quantity} instead of ${expected.quantity}` : money
}

function unknownAmount(currency: string | null): string {
  return currency === null ? 'An amount in an unknown currency' : `An unknown amount of ${currency}`
}
