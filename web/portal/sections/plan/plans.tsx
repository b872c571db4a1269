import type { PlanToJoin } from '../../../shared/api-types.ts'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'

/** The plans with their prices: to join, to rejoin, and for members to change. The product takes the order and the payment. */
export function Plans({ view }: { view: View }) {
  const { t } = useLocale()
  const { plans_to_join: plans, product } = view.overview
  const { memberships } = view.account
  const held = memberships.filter(({ state }) => state !== 'lapsed' && state !== 'ended').map(({ plan }) => plan)
  const others = plans.filter(({ id }) => !held.includes(id))
  if (others.length === 0) return null
  const isMember = held.length > 0
  const action = isMember ? t.plan_change : memberships.length > 0 ? t.plan_rejoin : t.plan_join
  const list = (
    <>
      <ul className="plans">
        {others.map(plan => (
          <li key={plan.id}>
            <Choice plan={plan} action={action} withTrial={!view.account.trial_used && !isMember} />
          </li>
        ))}
      </ul>
      {others.some(({ url }) => url === null) && (
        <p className="soft">{isMember ? t.change_there(product.name) : t.join_there(product.name)}</p>
      )}
    </>
  )
  if (!isMember) return list
  return (
    <details className="other-plans">
      <summary>{t.other_plans}</summary>
      {list}
    </details>
  )
}

type ChoiceProps = { plan: PlanToJoin; action: string; withTrial: boolean }

function Choice({ plan, action, withTrial }: ChoiceProps) {
  const { t, f } = useLocale()
  const { name, price, period, monthly, unlimited, trial, url } = plan
  const perSlot = monthly?.per_slot ? ` ${t.per_slot}` : ''
  return (
    <div className="pack">
      <div>
        <strong>{name}</strong>
        {price && (
          <span className="block">
            {t.plan_price[period === 'P1Y' ? 'year' : 'month'](f.money(price.amount, price.currency))}
            {perSlot}
          </span>
        )}
        {unlimited && <span className="soft block">{t.plan_unlimited}</span>}
        {monthly && (
          <span className="soft block">
            {t.join_monthly(monthly.credits)}
            {perSlot}
          </span>
        )}
        {trial && withTrial && <span className="soft block">{t.join_trial(f.duration(trial) ?? trial)}</span>}
      </div>
      {url && (
        <a className="button" href={url} aria-label={`${action}: ${name}`}>
          {action}
        </a>
      )}
    </div>
  )
}
