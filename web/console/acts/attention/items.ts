import type { AttentionItem } from '@lotkeeper/client'
import { texts } from '../../texts/index.ts'
import { type Act, given, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Takes something out of the inbox that was dealt with elsewhere. */
export function acknowledge({ calls }: Desk, { id, title }: AttentionItem): Act {
  return {
    button: t.handled,
    title: t.handled_title,
    subject: title,
    fields: [],
    reason: 'required',
    preview: () => ({ effects: [{ what: t.inbox_item, after: t.leaves_inbox }], notes: [t.handled_note] }),
    async run(values, idempotencyKey) {
      const { open } = await calls.post('/v1/attention/{id}/acknowledge', {
        params: { path: { id } },
        body: { reason: textOf(values, 'reason') },
        idempotencyKey,
      })
      return { message: open ? t.still_open : t.handled_done }
    },
  }
}

/** Asks the provider again, and does what is due. */
export function retry({ calls }: Desk, { id, title }: AttentionItem): Act {
  return {
    button: t.retry,
    title: t.retry_title,
    subject: title,
    fields: [],
    reason: 'optional',
    preview: () => ({
      effects: [
        { what: t.provider, after: t.provider_asked },
        { what: t.what_is_due, after: t.what_is_due_done },
        { what: t.inbox_item, after: t.stays_if_needed },
      ],
    }),
    async run(values, idempotencyKey) {
      const { open } = await calls.post('/v1/attention/{id}/retry', {
        params: { path: { id } },
        body: { reason: given(values, 'reason') },
        idempotencyKey,
      })
      return { message: open ? t.retry_open : t.retry_done }
    },
  }
}

/** Approves what another person requested, and carries it out. */
export function approve({ calls, f }: Desk, { id, title, amount, currency }: AttentionItem): Act {
  return {
    button: t.approve,
    title: t.approve_title,
    role: 'admin',
    subject: title,
    fields: [],
    reason: 'none',
    preview: () => ({
      effects: [
        { what: t.approve_what, after: t.approve_carried_out },
        ...(amount !== null && currency !== null ? [{ what: t.money_back, after: f.money(amount, currency) }] : []),
      ],
      notes: [t.approve_note],
    }),
    async run(_, idempotencyKey) {
      await calls.post('/v1/approvals/{approval}/approve', { params: { path: { approval: id } }, idempotencyKey })
      return { message: t.approve_done }
    },
  }
}

/** Declines what a person requested: nothing of it is carried out. */
export function decline({ calls }: Desk, { id, title }: AttentionItem): Act {
  return {
    button: t.decline,
    title: t.decline_title,
    subject: title,
    role: 'admin',
    danger: true,
    fields: [],
    reason: 'required',
    preview: () => ({ effects: [{ what: t.approve_what, after: t.declined }] }),
    async run(values, idempotencyKey) {
      await calls.post('/v1/approvals/{approval}/decline', {
        params: { path: { approval: id } },
        body: { reason: textOf(values, 'reason') },
        idempotencyKey,
      })
      return { message: t.decline_done }
    },
  }
}
