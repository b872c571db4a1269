import type { Account } from '@lotkeeper/client'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact } from '../../shared/parts.tsx'
import { texts } from '../texts/index.ts'

const t = texts.account

/** The limits of an account, with how much of them is used. */
export function LimitFacts({ account: { limits, balance } }: { account: Account }) {
  const { f } = useLocale()
  const { daily_limit, unlimited, trials } = balance
  const { concurrency, requests_per_minute, priority } = limits
  const used = (part: number, limit: number) => t.used_of(f.number(part), f.number(limit))
  return (
    <dl className="rows">
      <Fact name={t.daily_limit}>{daily_limit ? used(daily_limit.used, daily_limit.limit) : t.unlimited}</Fact>
      {unlimited && <Fact name={t.unlimited}>{used(unlimited.used, unlimited.fair_use_limit)}</Fact>}
      <Fact name={t.concurrency}>{concurrency ? used(concurrency.used, concurrency.limit) : t.unlimited}</Fact>
      <Fact name={t.requests}>{requests_per_minute === null ? t.unlimited : f.number(requests_per_minute)}</Fact>
      <Fact name={t.priority}>{f.number(priority)}</Fact>
      {Object.entries(trials).map(([operation, trial]) => (
        <Fact key={operation} name={`${t.trials}: ${humanize(operation)}`}>
          {used(trial.used, trial.limit)}
        </Fact>
      ))}
    </dl>
  )
}
