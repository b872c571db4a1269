import { atEnd, sum } from '../../shared/at-end.ts'
import { FrozenExpiries } from '../../shared/expiries.tsx'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'

/** A closed account, a due payment or a lapse, and its effect on the credits. */
export function Banner({ view }: { view: View }) {
  const { t, f } = useLocale()
  const { account, overview } = view
  const nameOf = (plan: string) => overview.plans[plan] ?? plan
  const due = account.memberships.find(({ state }) => state === 'past_due')
  if (overview.closed_at)
    return (
      <div className="banner">
        <p>{t.closed}</p>
      </div>
    )
  if (due) {
    const then = sum(atEnd(view, account.member_until).frozen)
    return (
      <div className="banner" role="status">
        <p>
          <strong>{t.past_due(nameOf(due.plan))}</strong>{' '}
          {account.member_until && t.past_due_until(f.moment(account.member_until))} {then > 0 && t.past_due_then(then)}
        </p>
      </div>
    )
  }
  const lapsed = account.memberships.find(({ state }) => state === 'lapsed')
  if (!lapsed || account.balance.frozen === 0) return null
  return (
    <div className="banner" role="status">
      <p>
        <strong>{t.lapsed(nameOf(lapsed.plan))}</strong> {t.lapsed_kept(account.balance.frozen)}
      </p>
      <FrozenExpiries lots={view.lots.filter(({ frozen }) => frozen)} />
    </div>
  )
}

/** The next version of the policy, before it applies, with what it changes for this customer (KV-20). */
export function Announcement({ view }: { view: View }) {
  const { t, f, language } = useLocale()
  const { announcements, product } = view.overview
  const announcement = announcements?.[language]
  if (!announcement) return null
  return (
    <aside className="banner" aria-label={t.announcement}>
      <p>
        <strong>{t.announced(product.name, f.moment(announcement.applies_at))}</strong> {t.announced_kept}
      </p>
      <details>
        <summary>
          <span className="what">{t.announced_changes}</span>
        </summary>
        {announcement.changes.map(({ heading, lines }) => (
          <div key={heading}>
            <h3>{heading}</h3>
            <ul>
              {lines.map(line => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </details>
    </aside>
  )
}
