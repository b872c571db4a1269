import { texts } from '../../texts/index.ts'
import { type Act, given, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Sends the code of a purchase again. */
export function resendCode(desk: Desk, id: string): Act {
  return codeAct(desk, id, 'resend')
}

/** Makes the code of a purchase invalid, and sends a new one. */
export function replaceCode(desk: Desk, id: string): Act {
  return { ...codeAct(desk, id, 'replace'), danger: true }
}

function codeAct({ calls }: Desk, id: string, way: 'resend' | 'replace'): Act {
  return {
    button: t[way],
    title: t[`${way}_title`],
    subject: id,
    fields: [{ name: 'email', label: t.email_other, kind: 'email', optional: true }],
    reason: 'required',
    async preview(values) {
      const { code } = await calls.get('/v1/purchases/{id}', { params: { path: { id } } })
      const to = given(values, 'email') ?? code?.to ?? t.the_known_address
      return {
        effects: [
          ...(way === 'replace' ? [{ what: t.code, after: t.code_replaced }] : []),
          { what: t.email, after: t.code_sent_to(to) },
        ],
        notes: way === 'resend' ? [t.code_same] : [],
      }
    },
    async run(values, idempotencyKey) {
      await calls.post(`/v1/purchases/{id}/code/${way}`, {
        params: { path: { id } },
        body: { email: given(values, 'email'), reason: given(values, 'reason') },
        idempotencyKey,
      })
      return { message: t.code_sent }
    },
  }
}

/** Gives the missing address of a code, and sends the code there. */
export function setCodeAddress({ calls }: Desk, id: string): Act {
  return {
    button: t.set_address,
    title: t.set_address_title,
    subject: id,
    fields: [{ name: 'email', label: t.email, kind: 'email' }],
    reason: 'none',
    preview: values => ({ effects: [{ what: t.code, after: t.code_sent_to(textOf(values, 'email')) }] }),
    async run(values, idempotencyKey) {
      await calls.post('/v1/purchases/{id}/code/address', {
        params: { path: { id } },
        body: { email: textOf(values, 'email') },
        idempotencyKey,
      })
      return { message: t.code_sent }
    },
  }
}
