import { texts } from '../../texts/index.ts'
import { type Act, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Records a payment that a person has seen, such as a bank transfer. */
export function recordPayment({ calls, f }: Desk, id: string): Act {
  return {
    button: t.record_payment,
    title: t.record_payment_title,
    subject: id,
    fields: [{ name: 'reference', label: t.reference, hint: t.reference_hint }],
    reason: 'none',
    async preview() {
      const purchase = await calls.get('/v1/purchases/{id}', { params: { path: { id } } })
      const { amount, currency, credits } = purchase
      return {
        effects: [
          { what: t.payment, after: t.counts_as_paid(f.money(amount, currency)) },
          { what: t.credits, after: credits === null ? t.granted(t.credits) : t.granted(f.number(credits)) },
        ],
      }
    },
    async run(values, idempotencyKey) {
      const body = { reference: textOf(values, 'reference') }
      await calls.post('/v1/purchases/{id}/payment', { params: { path: { id } }, body, idempotencyKey })
      return { message: t.payment_recorded }
    },
  }
}
