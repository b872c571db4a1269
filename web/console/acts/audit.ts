import type { Audit } from '@lotkeeper/client'
import { texts } from '../texts/index.ts'
import { type Act, given, textOf } from './act.ts'
import type { Desk } from './desk.ts'

const t = texts.acts

/** Recomputes an account by the rules, and corrects what differs. */
export function auditAccount({ calls, hrefOf }: Desk, account: string): Act {
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
      const { id, state } = await calls.post('/v1/accounts/{account}/audits', {
        params: { path: { account } },
        body: { reason: given(values, 'reason') },
        idempotencyKey,
      })
      return {
        message: state === 'done' ? t.audit_done : t.audit_waits,
        to: hrefOf(['accounts', account, 'audits', id]),
      }
    },
  }
}

type Deduction = Audit['deductions']['by_support'][number]

/** Gives back credits that support took by mistake, as an audit shows. */
export function restoreDeduction({ calls, f, credits }: Desk, { id: audit, account }: Audit, taken: Deduction): Act {
  return {
    button: t.restore,
    title: t.restore_title,
    subject: taken.reason,
    fields: [],
    reason: 'required',
    async preview() {
      const { available } = await calls.get('/v1/accounts/{account}/balance', { params: { path: { account } } })
      return {
        effects: [
          { what: t.given_back, after: credits(taken.credits) },
          { what: t.balance, before: f.number(available), after: t.at_least(f.number(available + taken.credits)) },
        ],
        notes: [t.restore_note],
      }
    },
    async run(values, idempotencyKey) {
      const body = { adjustments: [taken.id], reason: textOf(values, 'reason') }
      await calls.post('/v1/audits/{id}/restore', { params: { path: { id: audit } }, body, idempotencyKey })
      return { message: t.restore_done(credits(taken.credits)) }
    },
  }
}
