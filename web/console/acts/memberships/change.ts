import type { Membership } from '@lotkeeper/client'
import { humanize } from '../../../shared/format.ts'
import { texts } from '../../texts/index.ts'
import { type Act, given, numberOf, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Changes the plan or the slots of a membership. */
export function changeMembership(desk: Desk, { id, plan, slots, next_grant }: Membership): Act {
  const { calls, f } = desk
  const when: [string, string][] = [
    ['next_grant', t.at_next_grant],
    ['now', t.now],
  ]
  return {
    button: t.change,
    title: t.change_title,
    subject: id,
    fields: [
      { name: 'plan', label: t.plan, initial: plan },
      { name: 'slots', label: t.slots, kind: 'number', minimum: 1, initial: String(slots) },
      { name: 'when', label: t.when, kind: 'choice', choices: when },
    ],
    reason: 'none',
    preview(values) {
      const to = textOf(values, 'plan')
      const more = numberOf(values, 'slots') ?? slots
      if (to === plan && more === slots) return { effects: [], refusal: t.change_nothing }
      const at = values.when === 'now' ? t.now : next_grant ? f.moment(next_grant.at) : t.at_next_grant
      return {
        effects: [
          ...(to === plan ? [] : [{ what: t.plan, before: humanize(plan), after: humanize(to) }]),
          ...(more === slots ? [] : [{ what: t.slots, before: f.number(slots), after: f.number(more) }]),
          { what: t.when, after: at },
        ],
      }
    },
    async run(values, idempotencyKey) {
      const body = {
        plan: textOf(values, 'plan'),
        slots: numberOf(values, 'slots'),
        when: values.when === 'now' ? ('now' as const) : ('next_grant' as const),
      }
      const { scheduled_change } = await calls.post('/v1/memberships/{id}/change', {
        params: { path: { id } },
        body,
        idempotencyKey,
      })
      return { message: t.membership_done, ...(scheduled_change && { undo: undoChange(desk, id) }) }
    },
  }
}

/** Takes back a scheduled change of plan or slots. */
export function undoChange(desk: Desk, id: string): Act {
  return undoAct(desk, id, 'undo-change', { button: t.undo_change, after: t.stays_as_is })
}

/** Cancels a membership, now or when the paid period ends. */
export function cancelMembership(desk: Desk, { id, paid_through }: Membership): Act {
  const { calls, f } = desk
  const period: [string, string] = ['period_end', t.at_period_end]
  return {
    button: t.cancel_membership,
    title: t.cancel_title,
    subject: id,
    danger: true,
    fields: [{ name: 'when', label: t.when, kind: 'choice', choices: [period, ['now', t.now]] }],
    reason: 'none',
    preview(values) {
      const at = values.when === 'now' || paid_through === null ? t.now : f.moment(paid_through)
      return { effects: [{ what: t.membership, after: t.ends(at) }], notes: [t.cancel_note] }
    },
    async run(values, idempotencyKey) {
      const when = values.when === 'now' ? 'now' : 'period_end'
      await calls.post('/v1/memberships/{id}/cancel', { params: { path: { id } }, body: { when }, idempotencyKey })
      return { message: t.membership_done, ...(when === 'period_end' && { undo: undoCancel(desk, id) }) }
    },
  }
}

/** Takes back a scheduled cancellation. */
export function undoCancel(desk: Desk, id: string): Act {
  return undoAct(desk, id, 'undo-cancel', { button: t.undo_cancel, after: t.continues })
}

type Undo = { button: string; after: string }

function undoAct({ calls }: Desk, id: string, way: 'undo-cancel' | 'undo-change', { button, after }: Undo): Act {
  return {
    button,
    title: `${button}?`,
    subject: id,
    fields: [],
    reason: 'none',
    preview: () => ({ effects: [{ what: t.membership, after }] }),
    async run(_, idempotencyKey) {
      await calls.post(`/v1/memberships/{id}/${way}`, { params: { path: { id } }, body: {}, idempotencyKey })
      return { message: t.membership_done }
    },
  }
}

/** Combines the running memberships of an account. */
export function combineMemberships({ calls }: Desk, memberships: Membership[]): Act {
  return {
    button: t.combine,
    title: t.combine_title,
    fields: [],
    reason: 'required',
    preview: () => ({
      effects: memberships.map(({ id, plan, slots }) => ({ what: id, after: `${humanize(plan)} × ${slots}` })),
      notes: [t.combine_note],
    }),
    async run(values, idempotencyKey) {
      const body = { memberships: memberships.map(({ id }) => id), reason: given(values, 'reason') }
      await calls.post('/v1/memberships/combine', { body, idempotencyKey })
      return { message: t.membership_done }
    },
  }
}
