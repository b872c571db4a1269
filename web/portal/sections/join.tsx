import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'

/** How to become a member, for accounts without a running membership: the plans, and where to join. */
export function Join({ view }: { view: View }) {
  const { t, f } = useLocale()
  const { join, product } = view.overview
  const { memberships, trial_used } = view.account
  const isMember = memberships.some(({ state }) => state !== 'lapsed' && state !== 'ended')
  if (isMember || join.plans.length === 0) return null
  return (
    <div className="join">
      <ul className="expiries">
        {join.plans.map(({ id, name, monthly, trial }) => (
          <li key={id}>
            <strong>{name}</strong>
            {monthly !== null && <> · {t.join_monthly(monthly)}</>}
            {trial && !trial_used && <> · {t.join_trial(f.duration(trial) ?? trial)}</>}
          </li>
        ))}
      </ul>
      <p>{join.url ? <a href={join.url}>{t.join(product.name)}</a> : t.join_there(product.name)}</p>
    </div>
  )
}
