import { humanize } from '../../../shared/format.ts'
import { texts } from '../../texts/index.ts'
import { type Act, given, numberOf, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Assigns a payment that fits no purchase to one, or to an account and a pack. */
export function assignPayment({ calls }: Desk, payment: string): Act {
  return {
    button: t.assign,
    title: t.assign_title,
    subject: payment,
    fields: [
      { name: 'purchase', label: t.purchase_id, optional: true, hint: t.assign_hint },
      { name: 'account', label: t.account, optional: true },
      { name: 'pack', label: t.pack, optional: true },
      { name: 'quantity', label: t.quantity, kind: 'number', initial: '1', minimum: 1, optional: true },
    ],
    reason: 'required',
    async preview(values) {
      const id = given(values, 'purchase')
      const account = given(values, 'account')
      const pack = given(values, 'pack')
      if (id !== undefined) {
        const found = await calls.get('/v1/purchases/{id}', { params: { path: { id } } })
        return {
          effects: [
            { what: t.payment, after: t.assign_purchase(id, found.account) },
            { what: t.state, before: humanize(found.state), after: t.assign_state },
          ],
        }
      }
      if (account === undefined || pack === undefined) return { effects: [], refusal: t.assign_needs }
      const sold = await calls.get('/v1/packs', { params: { query: { account } } })
      const known = sold.data.find(each => each.id === pack)
      return {
        effects: [
          { what: t.payment, after: t.assign_new(known?.name ?? pack, account) },
          { what: t.credits, after: t.assign_state },
        ],
      }
    },
    async run(values, idempotencyKey) {
      const purchase = given(values, 'purchase')
      const target = purchase
        ? { purchase }
        : { account: given(values, 'account'), pack: given(values, 'pack'), quantity: numberOf(values, 'quantity') }
      await calls.post('/v1/unassigned-payments/{payment}/assign', {
        params: { path: { payment } },
        body: { ...target, reason: textOf(values, 'reason') },
        idempotencyKey,
      })
      return { message: t.assign_done }
    },
  }
}

/** Dismisses a payment that was dealt with elsewhere. */
export function dismissPayment({ calls }: Desk, payment: string): Act {
  return {
    button: t.dismiss,
    title: t.dismiss_title,
    subject: payment,
    fields: [],
    reason: 'required',
    preview: () => ({ effects: [{ what: t.inbox_item, after: t.leaves_inbox }], notes: [t.dismiss_note] }),
    async run(values, idempotencyKey) {
      await calls.post('/v1/unassigned-payments/{payment}/dismiss', {
        params: { path: { payment } },
        body: { reason: textOf(values, 'reason') },
        idempotencyKey,
      })
      return { message: t.dismiss_done }
    },
  }
}
