import { useState } from 'react'
import type { Membership } from '../../../shared/api-types.ts'
import { atEnd, sum } from '../../../shared/at-end.ts'
import { useAttempt } from '../../../shared/attempt.ts'
import { callApi } from '../../../shared/call-api.ts'
import { Dialog } from '../../../shared/dialog.tsx'
import { FrozenExpiries } from '../../../shared/expiries.tsx'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Problem } from '../../../shared/parts.tsx'

type Props = { membership: Membership; view: View; refresh: () => void; onClose: () => void }

/** Shows which credits stay, freeze and expire when the membership ends, then cancels it. An unpaid plan asks for confirmation twice. */
export function Cancellation({ membership, view, refresh, onClose }: Props) {
  const { t, f } = useLocale()
  const { id, plan, current_period_end: end, next_grant } = membership
  const { kept, frozen, expired } = atEnd(view, end)
  const others = view.account.memberships.some(
    other => other.id !== id && !other.cancel_at_period_end && (other.state === 'active' || other.state === 'trialing'),
  )
  const freezing = others ? [] : frozen
  const staying = kept + sum(frozen) - sum(freezing)
  const cancel = useAttempt(key => callApi(`/memberships/${id}/cancel`, { when: 'period_end' }, key))
  const isFree = membership.paid_through === null
  const [isLastQuestion, askAgain] = useState(false)
  const confirm = async () => {
    if (isFree && !isLastQuestion) return askAgain(true)
    if (await cancel.attempt()) {
      refresh()
      onClose()
    }
  }
  const name = view.overview.plans[plan] ?? plan
  return (
    <Dialog title={isLastQuestion ? t.cancel_again_title(name) : t.cancel_title(name)} onClose={onClose}>
      {isLastQuestion ? (
        <p>{t.cancel_again(end ? f.moment(end) : '')}</p>
      ) : (
        <>
          <p>{end ? t.cancel_when(f.moment(end)) : t.cancel_now}</p>
          <h3>{t.cancel_kept}</h3>
          <p>{staying > 0 ? t.cancel_kept_credits(staying) : t.cancel_nothing_kept}</p>
          <h3>{t.cancel_lost}</h3>
          {expired > 0 && <p>{t.cancel_expired(expired)}</p>}
          <p>{freezing.length > 0 ? t.cancel_frozen(sum(freezing)) : t.cancel_nothing_lost}</p>
          {freezing.length > 0 && <FrozenExpiries lots={freezing} />}
          {next_grant && end && next_grant.at >= end && <p>{t.cancel_grants(next_grant.amount)}</p>}
        </>
      )}
      <Problem text={cancel.problem} />
      <div className="actions">
        <button type="button" className="primary danger" disabled={cancel.busy} onClick={confirm}>
          {isLastQuestion ? t.cancel_again_do : t.cancel_do}
        </button>
        <button type="button" onClick={onClose}>
          {t.cancel_not}
        </button>
      </div>
    </Dialog>
  )
}
