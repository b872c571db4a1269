import { humanize } from '../../../shared/format.ts'
import { texts } from '../../texts/index.ts'
import { type Act, instantOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Makes a membership active again that has lapsed. */
export function reactivate({ calls }: Desk, id: string): Act {
  return {
    button: t.reactivate,
    title: t.reactivate_title,
    subject: id,
    fields: [{ name: 'until', label: t.paid_through, kind: 'time', optional: true }],
    reason: 'none',
    async preview() {
      const { state } = await calls.get('/v1/memberships/{id}', { params: { path: { id } } })
      return { effects: [{ what: t.membership, before: humanize(state), after: t.active }] }
    },
    async run(values, idempotencyKey) {
      const body = { paid_through: instantOf(values, 'until') }
      await calls.post('/v1/memberships/{id}/reactivate', { params: { path: { id } }, body, idempotencyKey })
      return { message: t.membership_done }
    },
  }
}

/** States until when a membership is paid. */
export function renew({ calls, f }: Desk, id: string): Act {
  return {
    button: t.renew,
    title: t.renew_title,
    subject: id,
    fields: [{ name: 'until', label: t.paid_through, kind: 'time' }],
    reason: 'none',
    async preview(values) {
      const { paid_through } = await calls.get('/v1/memberships/{id}', { params: { path: { id } } })
      const after = f.moment(instantOf(values, 'until') ?? '')
      return { effects: [{ what: t.paid_through, before: paid_through ? f.moment(paid_through) : texts.none, after }] }
    },
    async run(values, idempotencyKey) {
      const body = { paid_through: instantOf(values, 'until') ?? '' }
      await calls.post('/v1/memberships/{id}/renew', { params: { path: { id } }, body, idempotencyKey })
      return { message: t.membership_done }
    },
  }
}
