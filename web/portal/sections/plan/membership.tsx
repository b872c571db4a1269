import { useState } from 'react'
import type { Membership } from '../../../shared/api-types.ts'
import { useAttempt } from '../../../shared/attempt.ts'
import { callApi } from '../../../shared/call-api.ts'
import { humanize } from '../../../shared/format.ts'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Problem } from '../../../shared/parts.tsx'
import { Cancellation } from './cancellation.tsx'

type Props = { membership: Membership; view: View; refresh: () => void }

/** A membership with its times and what is scheduled for it. */
export function MembershipItem({ membership, view, refresh }: Props) {
  const { t, f } = useLocale()
  const [cancelling, setCancelling] = useState(false)
  const { plan, slots, state, cancel_at_period_end, joins, scheduled_change: change } = membership
  const nameOf = (id: string) => view.overview.plans[id] ?? humanize(id)
  const into = joins && view.account.memberships.find(({ id }) => id === joins.into)
  const running = state === 'active' || state === 'trialing' || state === 'past_due'
  const undone = { id: membership.id, view, refresh }
  const may = view.overview.may.includes('post /memberships/:id/cancel')
  return (
    <div className="plan">
      <p>
        <strong className="plan-name">{nameOf(plan)}</strong> <span className={`tag ${state}`}>{t.states[state]}</span>
        {slots > 1 && <span className="soft"> {t.slots(slots)}</span>}
      </p>
      <Times {...membership} />
      {membership.subscription_change && <p className="soft">{t.change_pending}</p>}
      {change && running && !cancel_at_period_end && (
        <p>{t.change_scheduled(nameOf(change.plan), change.slots, f.moment(change.at))}</p>
      )}
      {change && running && !cancel_at_period_end && membership.provider === 'manual' && (
        <Undo what="undo-change" label={t.change_not(nameOf(plan))} {...undone} />
      )}
      {cancel_at_period_end && running && <Undo what="undo-cancel" label={t.cancel_not} {...undone} />}
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

type UndoProps = {
  id: string
  what: 'undo-cancel' | 'undo-change'
  label: string
  view: View
  refresh: () => void
}

/** Undoes what is scheduled. A change that a provider's payments schedule is undone at the provider. */
function Undo({ id, what, label, view, refresh }: UndoProps) {
  const undo = useAttempt(key => callApi(`/memberships/${id}/${what}`, {}, key))
  if (!view.overview.may.includes(`post /memberships/:id/${what}`)) return null
  return (
    <>
      <button
        type="button"
        className="link"
        disabled={undo.busy}
        onClick={async () => (await undo.attempt()) && refresh()}
      >
        {label}
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
