import { useState } from 'react'
import type { Purchase } from '../../shared/answers.ts'
import { ask } from '../../shared/ask.ts'
import { useAttempt } from '../../shared/attempt.ts'
import { words } from '../../shared/format.ts'
import type { View } from '../../shared/live.ts'
import { useSpeech } from '../../shared/texts.ts'

/** Each purchase with how far it is, and what happened to it. */
export function Purchases({ view, refresh }: { view: View; refresh: () => void }) {
  const { t } = useSpeech()
  if (view.purchases.length === 0) return null
  return (
    <section aria-labelledby="purchases-title">
      <h2 id="purchases-title">{t.purchases}</h2>
      <ul className="history">
        {view.purchases.map(purchase => (
          <li key={purchase.id}>
            <One purchase={purchase} view={view} refresh={refresh} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Where money came, or may have come, and the credits did not. */
const WITHOUT_CREDITS = ['awaiting_payment', 'paid', 'fulfilling', 'delayed']

function One({ purchase, view, refresh }: { purchase: Purchase; view: View; refresh: () => void }) {
  const { t, f } = useSpeech()
  const [told, setTold] = useState(false)
  const missing = useAttempt(key => ask<Purchase>(`/purchases/${purchase.id}/missing`, {}, key))
  const tell = async () => {
    if (!(await missing.attempt())) return
    setTold(true)
    refresh()
  }
  const { state, timeline, credits, bonus, quantity, checkout_url, bought_at } = purchase
  const name = view.overview.packs[purchase.pack] ?? words(purchase.pack)
  return (
    <details>
      <summary>
        <span className="what">
          <strong>
            {name}
            {quantity > 1 && ` × ${f.number(quantity)}`}
          </strong>
          <span className={`tag ${state}`}>{t.purchase_states[state] ?? words(state)}</span>
        </span>
        <time className="soft" dateTime={bought_at}>
          {f.moment(bought_at)}
        </time>
        <span className="cost">{f.money(purchase.amount, purchase.currency)}</span>
      </summary>
      <div className="inside">
        <h3>{t.timeline}</h3>
        <ol className="timeline">
          {timeline.map(({ at, what }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays in its place
            <li key={index}>
              <span>{t.happenings[what] ?? words(what)}</span>
              <time className="soft" dateTime={at}>
                {f.moment(at)}
              </time>
            </li>
          ))}
        </ol>
        {credits !== null && <p className="soft">{t.credits(credits + bonus)}</p>}
        <div className="actions">
          {state === 'awaiting_payment' && checkout_url && (
            <a className="button primary" href={checkout_url}>
              {t.purchase_pay}
            </a>
          )}
          {WITHOUT_CREDITS.includes(state) &&
            view.overview.may.includes('post /purchases/:id/missing') &&
            !told && (
              <button type="button" disabled={missing.busy} onClick={tell}>
                {t.purchase_missing}
              </button>
            )}
        </div>
        <p role="status">{told && t.purchase_missing_sent}</p>
        {missing.problem && (
          <p className="problem" role="alert">
            {missing.problem}
          </p>
        )}
      </div>
    </details>
  )
}
