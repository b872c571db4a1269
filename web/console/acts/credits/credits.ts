import type { Account } from '@lotkeeper/client'
import { humanize } from '../../../shared/format.ts'
import { texts } from '../../texts/index.ts'
import { type Act, type Effect, instantOf, numberOf, textOf, type Values } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Grants credits by hand. Its undo takes them again. */
export function grant(desk: Desk, account: Account): Act {
  const { calls, f, credits } = desk
  return {
    button: t.grant,
    title: t.grant_title,
    subject: account.account,
    fields: [
      sourceField(account),
      { name: 'amount', label: t.credits, kind: 'number', minimum: 1 },
      { name: 'expires', label: t.expires, kind: 'time', optional: true, hint: t.expires_hint },
    ],
    reason: 'required',
    async preview(values) {
      const expires = instantOf(values, 'expires')
      return {
        effects: [
          await balanceAfter(desk, account, numberOf(values, 'amount') ?? 0),
          { what: t.expires, after: expires ? f.moment(expires) : t.expires_by_source(nameOf(values)) },
        ],
      }
    },
    async run(values, idempotencyKey) {
      const amount = numberOf(values, 'amount') ?? 0
      const source = textOf(values, 'source')
      const expires_at = instantOf(values, 'expires')
      const body = { source, amount, reason: textOf(values, 'reason'), ...(expires_at && { expires_at }) }
      await calls.post('/v1/accounts/{account}/grants', { params: pathOf(account), body, idempotencyKey })
      return { message: t.grant_done(credits(amount)), undo: adjust(desk, account, { source, amount: -amount }) }
    },
  }
}

/** Adds or takes credits to correct a balance. Its undo does the opposite. */
export function adjust(desk: Desk, account: Account, given?: { source: string; amount: number }): Act {
  const { calls, f } = desk
  return {
    button: given ? t.undo : t.adjust,
    title: given ? t.undo_title : t.adjust_title,
    subject: account.account,
    fields: [
      { ...sourceField(account), initial: given?.source ?? '' },
      {
        name: 'amount',
        label: t.amount,
        kind: 'number',
        hint: t.amount_hint,
        initial: given ? String(given.amount) : '',
      },
    ],
    reason: 'required',
    async preview(values) {
      const amount = numberOf(values, 'amount') ?? 0
      if (amount === 0) return { effects: [], refusal: t.amount_zero }
      return { effects: [await balanceAfter(desk, account, amount), { what: t.source, after: nameOf(values) }] }
    },
    async run(values, idempotencyKey) {
      const source = textOf(values, 'source')
      const amount = numberOf(values, 'amount') ?? 0
      const body = { source, amount, reason: textOf(values, 'reason') }
      await calls.post('/v1/accounts/{account}/adjustments', { params: pathOf(account), body, idempotencyKey })
      const undo = given ? {} : { undo: adjust(desk, account, { source, amount: -amount }) }
      return { message: t.adjust_done(f.signed(amount)), ...undo }
    },
  }
}

function sourceField({ balance }: Account) {
  const sources = Object.keys(balance.by_source).map((source): [string, string] => [source, humanize(source)])
  return { name: 'source', label: t.source, kind: 'choice' as const, choices: sources }
}

function nameOf(values: Values): string {
  return humanize(textOf(values, 'source'))
}

/** The balance as it is now, and with so many credits more. */
export async function balanceAfter({ calls, f }: Desk, account: Account, amount: number): Promise<Effect> {
  const { available } = await calls.get('/v1/accounts/{account}/balance', { params: pathOf(account) })
  return { what: t.balance, before: f.number(available), after: f.number(available + amount) }
}

function pathOf({ account }: Pick<Account, 'account'>) {
  return { path: { account } }
}
