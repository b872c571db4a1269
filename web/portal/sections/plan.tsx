import { useState } from 'react'
import type { Membership, Meter } from '../../shared/api-types.ts'
import { useAttempt } from '../../shared/attempt.ts'
import { callApi } from '../../shared/call-api.ts'
import { humanize } from '../../shared/format.ts'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'
import { Problem } from '../../shared/parts.tsx'
import { Cancellation } from './cancellation.tsx'

/** Memberships, the next grant, credits that expire before it, and limits. */
export function Plan({ view, refresh }: { view: View; refresh: () => void }) {
  const { t, f } = useLocale()
  const { balance, memberships } = view.account
  const shown = memberships.filter(({ state, subscription_change }) => state !== 'ended' || subscription_change)
  const next = balance.next_grant
  const trials = Object.entries(balance.trials)
  const hasPlans = Object.keys(view.overview.plans).length > 0
  if (!hasPlans && !balance.daily_limit && !balance.unlimited && trials.length === 0) return null
  return (
    <section aria-labelledby="plan-title" className="card">
      <h2 id="plan-title">{hasPlans ? t.plan : t.limits}</h2>
      {hasPlans && shown.length === 0 && <p className="soft">{t.no_plan}</p>}
      {shown.map(membership => (
        <MembershipItem key={membership.id} membership={membership} view={view} refresh={refresh} />
      ))}
      <Join view={view} />
      {hasPlans && <h3>{t.next_grant}</h3>}
      {next ? (
        <p data-testid="next-grant">
          <time dateTime={next.at}>{t.next_grant_at(next.amount, f.moment(next.at))}</time>
          <span className="soft block">{t.expiring_before(view.overview.expiring_before_next_grant ?? 0)}</span>
        </p>
      ) : (
        hasPlans && <p className="soft">{t.next_grant_none}</p>
      )}
      {balance.daily_limit && <Limit name={t.daily_limit} meter={balance.daily_limit} />}
      {balance.unlimited && (
        <Limit name={t.fair_use} meter={{ ...balance.unlimited, limit: balance.unlimited.fair_use_limit }} />
      )}
      {trials.length > 0 && (
        <>
          <h3>{t.trials}</h3>
          <dl className="sources">
            {trials.map(([operation, { limit, used }]) => (
              <div key={operation}>
                <dt>{humanize(operation)}</dt>
                <dd>{t.trials_left(limit - used, limit)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  )
}

type MembershipItemProps = { membership: Membership; view: View; refresh: () => void }

function MembershipItem({ membership, view, refresh }: MembershipItemProps) {
  const { t, f } = useLocale()
  const [cancelling, setCancelling] = useState(false)
  const { plan, slots, state, cancel_at_period_end, joins } = membership
  const nameOf = (id: string) => view.overview.plans[id] ?? humanize(id)
  const into = joins && view.account.memberships.find(({ id }) => id === joins.into)
  const running = state === 'active' || state === 'trialing' || state === 'past_due'
  const may = view.overview.may.includes('post /memberships/:id/cancel')
  return (
    <div className="plan">
      <p>
        <strong className="plan-name">{nameOf(plan)}</strong>
        <span className={`tag ${state}`}>{t.states[state]}</span>
        {slots > 1 && <span className="soft"> {t.slots(slots)}</span>}
      </p>
      <Times {...membership} />
      {membership.subscription_change && <p className="soft">{t.change_pending}</p>}
      {membership.cancel_at_period_end && running && <Undo id={membership.id} view={view} refresh={refresh} />}
      {joins && into && <p className="soft">{t.joins(nameOf(into.plan), f.day(joins.before))}</p>}
      {membership.not_configured && <p className="soft">{t.not_configured}</p>}
      {may && running && !cancel_at_period_end && !joins && (
        <button type="button" className="link" onClick={() => setCancelling(true)}>
          {t.cancel}
        </button>
      )}
      {cancelling && (
        <Cancellation membership={membership} view={view} refresh={refresh} onClose={() => setCancelling(false)} />
      )}
    </div>
  )
}

/** Undoes a scheduled cancellation. */
function Undo({ id, view, refresh }: { id: string; view: View; refresh: () => void }) {
  const { t } = useLocale()
  const undo = useAttempt(key => callApi(`/memberships/${id}/undo-cancel`, {}, key))
  if (!view.overview.may.includes('post /memberships/:id/undo-cancel')) return null
  return (
    <>
      <button
        type="button"
        className="link"
        disabled={undo.busy}
        onClick={async () => (await undo.attempt()) && refresh()}
      >
        {t.cancel_not}
      </button>
      <Problem text={undo.problem} />
    </>
  )
}

function Times({ state, paid_through, trial_ends_at, cancel_at_period_end, current_period_end }: Membership) {
  const { t, f } = useLocale()
  if (state === 'lapsed' || state === 'ended') return null
  if (cancel_at_period_end && current_period_end)
    return <p className="soft">{t.ends_on(f.moment(current_period_end))}</p>
  if (state === 'trialing' && trial_ends_at) return <p className="soft">{t.trial_ends(f.moment(trial_ends_at))}</p>
  return paid_through && <p className="soft">{t.paid_through(f.day(paid_through))}</p>
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

/** How to become a member, for accounts without a running membership: the plans, and where to join. */
function Join({ view }: { view: View }) {
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
