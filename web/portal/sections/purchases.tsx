import { useState } from 'react'
import type { Purchase } from '../../shared/api-types.ts'
import { useAttempt } from '../../shared/attempt.ts'
import { callApi } from '../../shared/call-api.ts'
import { humanize } from '../../shared/format.ts'
import { SupportLink } from '../../shared/links.tsx'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact, Moment, Problem } from '../../shared/parts.tsx'
import { Code, codeState } from './code.tsx'
import { Transfer } from './packs/payment.tsx'

/** Purchases with status and timeline. */
export function Purchases({ view, refresh }: { view: View; refresh: () => void }) {
  const { t } = useLocale()
  if (view.purchases.length === 0) return null
  return (
    <section aria-labelledby="purchases-title">
      <h2 id="purchases-title">{t.purchases}</h2>
      <ul className="history">
        {view.purchases.map(purchase => (
          <li key={purchase.id}>
            <PurchaseItem purchase={purchase} view={view} refresh={refresh} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** States in which a payment may have arrived without its credits. */
const WITHOUT_CREDITS = ['awaiting_payment', 'paid', 'fulfilling', 'delayed']

function PurchaseItem({ purchase, view, refresh }: { purchase: Purchase; view: View; refresh: () => void }) {
  const { t, f } = useLocale()
  const [reported, setReported] = useState(false)
  const missing = useAttempt(key => callApi<Purchase>(`/purchases/${purchase.id}/missing`, {}, key))
  const report = async () => {
    if (!(await missing.attempt())) return
    setReported(true)
    refresh()
  }
  const { state, timeline, credits, bonus, quantity, checkout_url, bought_at, code } = purchase
  const { support } = view.overview
  const ofCode = codeState(purchase)
  const isUnpaid = WITHOUT_CREDITS.includes(state) && isMissingPayment(purchase)
  const stateText = isUnpaid ? t.timeline_events.not_paid : (t.purchase_states[state] ?? humanize(state))
  const name = view.overview.packs[purchase.pack] ?? humanize(purchase.pack)
  return (
    <details>
      <summary>
        <span className="what">
          <strong>
            {name}
            {quantity > 1 && ` × ${f.number(quantity)}`}
          </strong>{' '}
          <span className={`tag ${state}`}>{ofCode ? t.code_states[ofCode] : stateText}</span>
        </span>
        <Moment at={bought_at} />
        <span className="cost">{f.money(purchase.amount, purchase.currency)}</span>
      </summary>
      <div className="inside">
        <Transfer purchase={purchase} />
        {state === 'expired' && purchase.provider === 'bank_transfer' && <p>{t.transfer_expired}</p>}
        {code && <Code purchase={purchase} code={code} refresh={refresh} />}
        <h3>{t.timeline}</h3>
        <ol className="timeline">
          {timeline.map(({ at, what }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: timeline events keep their position
            <li key={index}>
              <span>
                {t.timeline_events[
                  code && what === 'reissued' ? 'code_issued' : isUnpaid && what === 'late' ? 'not_paid' : what
                ] ?? humanize(what)}
              </span>
              <Moment at={at} />
            </li>
          ))}
        </ol>
        <dl className="facts">
          <Fact name={t.order_number}>
            <span className="id">{purchase.id}</span>
          </Fact>
          {purchase.payment_reference && <Fact name={t.payment_reference}>{purchase.payment_reference}</Fact>}
          {isRefundable(purchase) && (
            <Fact name={t.refund}>
              <RefundDeadline until={purchase.refund_until} now={view.overview.as_of} support={support} />
            </Fact>
          )}
          {purchase.refund?.state === 'done' && (
            <Fact name={t.refunded}>{f.money(purchase.refund.amount, purchase.currency)}</Fact>
          )}
        </dl>
        {credits !== null && <p className="soft">{t.credits(credits + bonus)}</p>}
        <div className="actions">
          {state === 'awaiting_payment' && checkout_url && (
            <a className="button primary" href={checkout_url}>
              {t.purchase_pay}
            </a>
          )}
          {WITHOUT_CREDITS.includes(state) &&
            view.overview.may.includes('post /purchases/:id/missing') &&
            !reported && (
              <button type="button" disabled={missing.busy} onClick={report}>
                {t.purchase_missing}
              </button>
            )}
        </div>
        <p role="status">
          {isUnpaid ? t.purchase_not_paid : reported && t.purchase_missing_sent}
          {isUnpaid && support && (
            <>
              {' '}
              <SupportLink support={support} />
            </>
          )}
        </p>
        <Problem text={missing.problem} />
      </div>
    </details>
  )
}

/** Whether the customer reported missing credits of an order for which no payment is known. */
function isMissingPayment({ paid_at, amount, provider, timeline }: Purchase): boolean {
  const needsPayment = amount > 0 && provider !== 'invoice'
  return needsPayment && paid_at === null && timeline.some(({ what }) => what === 'missing_reported')
}

/** Whether its money could go back: it was paid, or is invoiced, and nothing went back yet. */
function isRefundable({ state }: Purchase): boolean {
  return ['paid', 'fulfilling', 'delayed', 'fulfilled', 'reissued'].includes(state)
}

type RefundDeadlineProps = { until: string | null; now: string; support: string | null }

/** Until when a purchase can be refunded. Support refunds. */
function RefundDeadline({ until, now, support }: RefundDeadlineProps) {
  const { t, f } = useLocale()
  if (until === null) return t.refund_not_offered
  if (until <= now) return t.refund_ended(f.moment(until))
  return (
    <>
      {t.refund_until(f.moment(until))} {support && <SupportLink support={support} />}
    </>
  )
}
