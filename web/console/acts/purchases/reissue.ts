import { texts } from '../../texts/index.ts'
import { type Act, given } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

/** Grants the missing credits of a purchase. */
export function reissue({ calls, f, credits }: Desk, id: string): Act {
  const purchase = { params: { path: { id } } }
  return {
    button: t.reissue,
    title: t.reissue_title,
    subject: id,
    fields: [],
    reason: 'required',
    async preview() {
      const { account, credits: bought, lots, code } = await calls.get('/v1/purchases/{id}', purchase)
      const { available } = await calls.get('/v1/accounts/{account}/balance', { params: { path: { account } } })
      const isGranted = lots.length > 0 || code !== null
      const grant = isGranted ? t.none_due : bought === null ? t.granted(t.credits) : t.granted(credits(bought))
      return {
        effects: [
          { what: t.credits, after: grant },
          ...(bought !== null && !isGranted
            ? [{ what: t.balance, before: f.number(available), after: f.number(available + bought) }]
            : []),
        ],
        notes: [t.reissue_note],
      }
    },
    async run(values, idempotencyKey) {
      const reason = given(values, 'reason')
      const { credits: granted, bonus } = await calls.post('/v1/purchases/{id}/reissue', {
        ...purchase,
        body: { reason },
        idempotencyKey,
      })
      return { message: t.reissue_done(credits((granted ?? 0) + bonus)) }
    },
  }
}
