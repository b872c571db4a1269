import { texts } from '../texts/index.ts'
import { type Act, given } from './act.ts'
import type { Desk } from './desk.ts'

const t = texts.acts

/** Recomputes an account by the rules, and corrects what differs. */
export function auditAccount({ calls }: Desk, account: string): Act {
  return {
    button: t.audit,
    title: t.audit_title,
    subject: account,
    fields: [],
    reason: 'required',
    preview: () => ({
      effects: [
        { what: t.audit_what, after: t.audit_recomputed },
        { what: t.audit_differences, after: t.audit_corrected },
      ],
    }),
    async run(values, idempotencyKey) {
      const { state } = await calls.post('/v1/accounts/{account}/audits', {
        params: { path: { account } },
        body: { reason: given(values, 'reason') },
        idempotencyKey,
      })
      return { message: state === 'done' ? t.audit_done : t.audit_waits }
    },
  }
}
