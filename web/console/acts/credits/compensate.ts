import { texts } from '../../texts/index.ts'
import { type Act, given, numberOf, textOf, type Values } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts

type FailedGeneration = { id: string; spent: number }

/** Gives back credits that were lost, with the policy's bonus: those of a generation, or as many as support states. */
export function compensate({ calls, f, credits }: Desk, account: string, generation?: FailedGeneration): Act {
  const path = { account }
  const lostOf = (values: Values) => numberOf(values, 'lost') ?? generation?.spent ?? 0
  return {
    button: t.compensate,
    title: t.compensate_title,
    subject: generation?.id ?? account,
    fields: [
      { name: 'cause', label: t.cause, kind: 'choice', choices: Object.entries(t.causes) },
      {
        name: 'lost',
        label: t.lost,
        kind: 'number',
        minimum: 1,
        ...(generation && { initial: String(generation.spent), maximum: generation.spent }),
      },
      { name: 'multiplier', label: t.multiplier, kind: 'decimal', minimum: 0, optional: true, hint: t.multiplier_hint },
    ],
    reason: 'required',
    async preview(values) {
      const lost = lostOf(values)
      const times = numberOf(values, 'multiplier')
      const { available } = await calls.get('/v1/accounts/{account}/balance', { params: { path } })
      const bonus = Math.floor(lost * (times ?? 0))
      return {
        effects: [
          { what: t.given_back, after: credits(lost) },
          { what: t.bonus, after: times === undefined ? t.bonus_by_policy : credits(bonus) },
          {
            what: t.balance,
            before: f.number(available),
            after: times === undefined ? t.at_least(f.number(available + lost)) : f.number(available + lost + bonus),
          },
        ],
        notes: [t.compensate_note],
      }
    },
    async run(values, idempotencyKey) {
      const { state, lost, bonus } = await calls.post('/v1/accounts/{account}/compensations', {
        params: { path },
        body: {
          cause: textOf(values, 'cause'),
          lost: lostOf(values),
          ...(generation && { generation: generation.id }),
          multiplier: numberOf(values, 'multiplier'),
          reason: given(values, 'reason'),
        },
        idempotencyKey,
      })
      return { message: state === 'given' ? t.compensate_done(f.number(lost), f.number(bonus)) : t.compensate_waits }
    },
  }
}
