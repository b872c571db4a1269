import type { Account } from '@lotkeeper/client'
import { texts } from '../../texts/index.ts'
import { type Act, given, instantOf, numberOf, textOf } from '../act.ts'
import type { Desk } from '../desk.ts'

const t = texts.acts
const kinds = ['education', 'charity', 'student', 'teacher', 'community', 'other'] as const
type Kind = (typeof kinds)[number]

/** Sets limits of an account that differ from the policy's. A blank field restores the policy's limit. */
export function setLimits({ calls, f }: Desk, { account, limits }: Account): Act {
  const { daily_credits, concurrency } = limits
  return {
    button: t.limits,
    title: t.limits_title,
    subject: account,
    fields: [
      {
        name: 'daily',
        label: t.daily_limit,
        kind: 'number',
        minimum: 0,
        optional: true,
        initial: String(daily_credits ?? ''),
        hint: t.limits_hint,
      },
      {
        name: 'concurrency',
        label: t.concurrency,
        kind: 'number',
        minimum: 0,
        optional: true,
        initial: String(concurrency?.limit ?? ''),
      },
    ],
    reason: 'required',
    preview(values) {
      const shown = (limit: number | null | undefined) =>
        limit === null || limit === undefined ? t.no_limit : f.number(limit)
      const after = (name: string) => {
        const limit = numberOf(values, name)
        return limit === undefined ? t.by_policy : f.number(limit)
      }
      return {
        effects: [
          { what: t.daily_limit, before: shown(daily_credits), after: after('daily') },
          { what: t.concurrency, before: shown(concurrency?.limit), after: after('concurrency') },
        ],
      }
    },
    async run(values) {
      const body = {
        daily_limit: numberOf(values, 'daily') ?? null,
        concurrency: numberOf(values, 'concurrency') ?? null,
        reason: given(values, 'reason'),
      }
      await calls.put('/v1/accounts/{account}/limits', { params: { path: { account } }, body })
      return { message: t.limits_done }
    },
  }
}

/** Agrees on special terms with a customer, such as a school, or ends them. */
export function arrange({ calls, f, credits }: Desk, { account }: Account): Act {
  return {
    button: t.arrangement,
    title: t.arrangement_title,
    subject: account,
    fields: [
      {
        name: 'kind',
        label: t.arrangement_kind,
        kind: 'choice',
        choices: [...kinds.map((kind): [string, string] => [kind, kind]), ['none', t.arrangement_none]],
      },
      { name: 'monthly', label: t.monthly, kind: 'number', minimum: 0, optional: true },
      { name: 'discount', label: t.discount, kind: 'number', minimum: 0, maximum: 100, optional: true },
      { name: 'until', label: t.until, kind: 'time', optional: true },
    ],
    reason: 'required',
    preview(values) {
      if (values.kind === 'none') return { effects: [{ what: t.arrangement, after: t.arrangement_ends }] }
      const until = instantOf(values, 'until')
      const monthly = numberOf(values, 'monthly')
      const discount = numberOf(values, 'discount')
      return {
        effects: [
          { what: t.arrangement, after: textOf(values, 'kind') },
          ...(monthly === undefined ? [] : [{ what: t.monthly, after: credits(monthly) }]),
          ...(discount === undefined ? [] : [{ what: t.discount, after: f.percent(discount / 100) }]),
          { what: t.until, after: until ? f.moment(until) : t.without_end },
        ],
      }
    },
    async run(values) {
      const until = instantOf(values, 'until')
      const monthly = numberOf(values, 'monthly')
      const discount_percent = numberOf(values, 'discount')
      const arrangement = {
        kind: textOf(values, 'kind') as Kind,
        ...(monthly !== undefined && { monthly }),
        ...(discount_percent !== undefined && { discount_percent }),
        ...(until && { until }),
      }
      const body = { arrangement: values.kind === 'none' ? null : arrangement, reason: given(values, 'reason') }
      await calls.put('/v1/accounts/{account}/limits', { params: { path: { account } }, body })
      return { message: t.arrangement_done }
    },
  }
}
