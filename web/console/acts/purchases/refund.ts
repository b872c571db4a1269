import { humanize } from '../../../shared/format.ts'
import { minorUnits } from '../../parts/money.ts'
import { texts } from '../../texts/index.ts'
import { type Act, numberOf, textOf, type Values } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Providers that pay back when they are asked. */
const PAYS_BACK = ['stripe', 'gumroad']

/** Refunds a purchase, by the policy or by exception. Amounts are in minor units. */
export function refund({ calls, f, credits }: Desk, id: string, currency: string): Act {
  const path = { id }
  const asked = (values: Values) => ({
    exception: values.exception === 'yes',
    amount: values.exception === 'yes' ? minorUnits(numberOf(values, 'amount'), currency) : undefined,
  })
  return {
    button: t.refund,
    title: t.refund_title,
    subject: id,
    danger: true,
    fields: [
      { name: 'exception', label: t.refund_exception, kind: 'check' },
      { name: 'amount', label: t.refund_amount(currency), kind: 'decimal', minimum: 0, optional: true },
    ],
    reason: 'required',
    async preview(values) {
      const { exception, amount } = asked(values)
      const [terms, { provider }] = await Promise.all([
        calls.get('/v1/purchases/{id}/refund', { params: { path, query: { amount } } }),
        calls.get('/v1/purchases/{id}', { params: { path } }),
      ])
      const moved = exception ? terms.by_exception : terms.by_policy
      if (!moved) return { effects: [], refusal: t.refund_refused(sentence(terms.refusal?.code)) }
      return {
        effects: [
          { what: t.money_back, after: f.money(moved.amount, terms.currency) },
          { what: t.taken_back, after: credits(moved.credits) },
        ],
        notes: [
          PAYS_BACK.includes(provider)
            ? t.refund_to_provider(humanize(provider))
            : t.refund_by_hand(humanize(provider)),
          ...(exception && terms.by_exception?.needs_approval ? [t.refund_approval] : []),
        ],
      }
    },
    async run(values, idempotencyKey) {
      const { exception, amount } = asked(values)
      const answer = await calls.post('/v1/purchases/{id}/refund', {
        params: { path },
        body: { reason: textOf(values, 'reason'), ...(exception && { exception, amount }) },
        idempotencyKey,
      })
      return { message: answer.state === 'awaiting_approval' ? t.refund_waits : t.refund_done }
    },
  }
}

/** `refund_window_passed` → `refund window passed` */
function sentence(code = ''): string {
  return code.replaceAll('_', ' ')
}
