import { minorUnits } from '../../parts/money.ts'
import { texts } from '../../texts/index.ts'
import { type Act, given, numberOf, textOf, type Values } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Refunds a payment of a subscription by exception: the newest, unless an invoice is named. */
export function refundSubscription({ calls, f, credits }: Desk, id: string): Act {
  const path = { id }
  const termsOf = async (values: Values) => {
    const invoice = given(values, 'invoice')
    const terms = await calls.get('/v1/memberships/{id}/refund', { params: { path, query: { invoice } } })
    const amount = terms.by_exception ? minorUnits(numberOf(values, 'amount'), terms.by_exception.currency) : undefined
    if (amount === undefined) return { ...terms, amount }
    return {
      ...(await calls.get('/v1/memberships/{id}/refund', { params: { path, query: { invoice, amount } } })),
      amount,
    }
  }
  return {
    button: t.refund_payment,
    title: t.refund_payment_title,
    subject: id,
    danger: true,
    fields: [
      { name: 'invoice', label: t.invoice, optional: true, hint: t.invoice_hint },
      { name: 'amount', label: t.amount_of_money, kind: 'decimal', minimum: 0, optional: true },
    ],
    reason: 'required',
    async preview(values) {
      const { by_exception: moved, payments } = await termsOf(values)
      if (!moved) return { effects: [], refusal: t.no_payment }
      const paid = payments.find(({ invoice }) => invoice === moved.invoice)
      return {
        effects: [
          { what: t.payment, after: `${moved.invoice}${paid ? `, ${f.moment(paid.paid_at)}` : ''}` },
          { what: t.money_back, after: f.money(moved.amount, moved.currency) },
          { what: t.taken_back, after: credits(moved.credits) },
        ],
        notes: moved.needs_approval ? [t.refund_approval] : [],
      }
    },
    async run(values, idempotencyKey) {
      const { amount } = await termsOf(values)
      const answer = await calls.post('/v1/memberships/{id}/refund', {
        params: { path },
        body: { reason: textOf(values, 'reason'), invoice: given(values, 'invoice'), amount },
        idempotencyKey,
      })
      return { message: answer.state === 'awaiting_approval' ? t.refund_waits : t.refund_done }
    },
  }
}
