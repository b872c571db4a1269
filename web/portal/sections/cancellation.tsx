import type { Membership } from '../../shared/api-types.ts'
import { useAttempt } from '../../shared/attempt.ts'
import { callApi } from '../../shared/call-api.ts'
import { Dialog } from '../../shared/dialog.tsx'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'
import { Problem } from '../../shared/parts.tsx'
import { freezing } from './banner.tsx'

type Props = { membership: Membership; view: View; refresh: () => void; onClose: () => void }

/** Shows which credits stay and which freeze, then cancels. */
export function Cancellation({ membership, view, refresh, onClose }: Props) {
  const { t, f } = useLocale()
  const { id, plan, paid_through, next_grant } = membership
  const others = view.account.memberships.some(
    other => other.id !== id && (other.state === 'active' || other.state === 'trialing'),
  )
  const frozen = others ? 0 : freezing(view)
  const kept = view.account.balance.available - frozen
  const cancel = useAttempt(key => callApi(`/memberships/${id}/cancel`, { when: 'period_end' }, key))
  const confirm = async () => {
    if (await cancel.attempt()) {
      refresh()
      onClose()
    }
  }
  return (
    <Dialog title={t.cancel_title(view.overview.plans[plan] ?? plan)} onClose={onClose}>
      <p>{paid_through ? t.cancel_when(f.moment(paid_through)) : t.cancel_now}</p>
      <h3>{t.cancel_kept}</h3>
      <p>{kept > 0 ? t.cancel_kept_credits(kept) : t.cancel_nothing_kept}</p>
      <h3>{t.cancel_lost}</h3>
      <p>{frozen > 0 ? t.cancel_frozen(frozen) : t.cancel_nothing_lost}</p>
      {next_grant && <p>{t.cancel_grants(next_grant.amount)}</p>}
      <Problem text={cancel.problem} />
      <div className="actions">
        <button type="button" className="primary danger" disabled={cancel.busy} onClick={confirm}>
          {t.cancel_do}
        </button>
        <button type="button" onClick={onClose}>
          {t.cancel_not}
        </button>
      </div>
    </Dialog>
  )
}
