import type { Account } from '@lotkeeper/client'
import { texts } from '../../texts/index.ts'
import type { Act } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Closes an account for ever. */
export function closeAccount({ calls, f, credits }: Desk, { account }: Account): Act {
  return {
    button: t.close,
    title: t.close_title,
    subject: account,
    danger: true,
    fields: [{ name: 'name', label: t.close_name(account) }],
    reason: 'none',
    async preview(values) {
      if (values.name?.trim() !== account) return { effects: [], refusal: t.close_confirm }
      const { balance, memberships } = await calls.get('/v1/accounts/{account}', { params: { path: { account } } })
      const running = memberships.filter(({ state }) => state !== 'ended').length
      return {
        effects: [
          { what: t.account, before: t.open, after: t.closed_for_ever },
          { what: t.balance, before: f.number(balance.available + balance.frozen), after: credits(0) },
          { what: t.memberships_end, after: f.number(running) },
        ],
        notes: [t.close_note],
      }
    },
    async run() {
      await calls.delete('/v1/accounts/{account}', { params: { path: { account } } })
      return { message: t.close_done }
    },
  }
}
