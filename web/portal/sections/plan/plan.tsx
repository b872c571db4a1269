import type { Meter } from '../../../shared/api-types.ts'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { MembershipItem } from './membership.tsx'
import { Plans } from './plans.tsx'

/** Memberships, the plans to choose from, the next grant, credits that expire before it, and limits. */
export function Plan({ view, refresh }: { view: View; refresh: () => void }) {
  const { t, f } = useLocale()
  const { balance, memberships } = view.account
  const shown = memberships.filter(({ state, subscription_change }) => state !== 'ended' || subscription_change)
  const next = balance.next_grant
  const hasPlans = Object.keys(view.overview.plans).length > 0
  if (!hasPlans && !balance.daily_limit && !balance.unlimited) return null
  return (
    <section aria-labelledby="plan-title" className="card">
      <h2 id="plan-title">{hasPlans ? t.plan : t.limits}</h2>
      {hasPlans && shown.length === 0 && <p className="soft">{t.no_plan}</p>}
      {shown.map(membership => (
        <MembershipItem key={membership.id} membership={membership} view={view} refresh={refresh} />
      ))}
      {next && (
        <>
          <h3>{t.next_grant}</h3>
          <p data-testid="next-grant">
            <time dateTime={next.at}>{t.next_grant_at(next.amount, f.moment(next.at))}</time>
            <span className="soft block">{t.expiring_before(view.overview.expiring_before_next_grant ?? 0)}</span>
          </p>
        </>
      )}
      {balance.daily_limit && <Limit name={t.daily_limit} meter={balance.daily_limit} />}
      {balance.unlimited && (
        <Limit name={t.fair_use} meter={{ ...balance.unlimited, limit: balance.unlimited.fair_use_limit }} />
      )}
      <Plans view={view} />
    </section>
  )
}

function Limit({ name, meter: { limit, used, resets_at } }: { name: string; meter: Meter }) {
  const { t, f } = useLocale()
  return (
    <>
      <h3>{name}</h3>
      <progress max={Math.max(limit, 1)} value={Math.min(used, limit)} aria-label={name} />
      <p>
        {t.used_of(used, limit)}
        <time className="soft block" dateTime={resets_at}>
          {t.resets(f.moment(resets_at))}
        </time>
      </p>
    </>
  )
}
