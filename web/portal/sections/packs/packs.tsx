import { useId, useState } from 'react'
import type { Overview, Pack, Purchase } from '../../../shared/api-types.ts'
import { useAttempt } from '../../../shared/attempt.ts'
import { callApi } from '../../../shared/call-api.ts'
import { Dialog } from '../../../shared/dialog.tsx'
import type { View } from '../../../shared/live-view.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Problem } from '../../../shared/parts.tsx'
import { Methods, Transfer } from './payment.tsx'
import { Amount, hasSteps, Prices, priceOf, Validity } from './prices.tsx'

/** Packs for sale to this account; empty when there are none. */
export function Packs({ view, refresh }: { view: View; refresh: () => void }) {
  const { t } = useLocale()
  const [chosen, choose] = useState<Pack | null>(null)
  if (view.packs.length === 0) return null
  return (
    <section aria-labelledby="buy-title" className="card">
      <h2 id="buy-title">{t.buy}</h2>
      <ul className="packs">
        {view.packs.map(pack => (
          <li key={pack.id}>
            <Offer pack={pack} onChoose={() => choose(pack)} />
          </li>
        ))}
      </ul>
      <p className="soft small">{view.overview.billed_by_invoice ? t.billed_by_invoice : t.never_automatic}</p>
      {chosen && <Order pack={chosen} overview={view.overview} refresh={refresh} onClose={() => choose(null)} />}
    </section>
  )
}

function Offer({ pack, onChoose }: { pack: Pack; onChoose: () => void }) {
  const { t, f } = useLocale()
  const quantity = pack.quantities?.[0] ?? 1
  const price = priceOf(pack, quantity)
  const shown = f.money(price.amount, pack.currency)
  const most = Math.max(...pack.prices.map(({ discount_percent }) => discount_percent))
  return (
    <div className="pack">
      <div>
        <strong>{pack.name}</strong>
        {quantity > 1 && ` × ${f.number(quantity)}`}
        <Amount price={price} currency={pack.currency} discountOnly />
        <span className="soft block">
          {pack.credits === null ? t.buy_surprise : t.credits(pack.credits * quantity)} ·{' '}
          <Validity validity={price.validity} />
        </span>
        {most > price.discount_percent && <span className="soft block">{t.discount_up_to(f.percent(most / 100))}</span>}
      </div>
      <button type="button" onClick={onChoose} aria-label={`${t.buy_pack(pack.name)}, ${shown}`}>
        {shown}
      </button>
    </div>
  )
}

/** Limit of packs without fixed quantities. */
const MOST_PACKAGES = 100

type QuantityProps = { pack: Pack; quantity: number; onChange: (quantity: number) => void }

function Quantity({ pack, quantity, onChange }: QuantityProps) {
  const { t, f } = useLocale()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t.buy_quantity}</label>
      {pack.quantities ? (
        <select id={id} value={quantity} onChange={event => onChange(Number(event.target.value))}>
          {pack.quantities.map(each => (
            <option key={each} value={each}>
              {f.number(each)}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="number"
          min={1}
          max={MOST_PACKAGES}
          value={quantity}
          onChange={event => onChange(Math.min(Math.max(event.target.valueAsNumber || 1, 1), MOST_PACKAGES))}
        />
      )}
    </div>
  )
}

type OrderProps = { pack: Pack; overview: Overview; refresh: () => void; onClose: () => void }

function Order({ pack, overview, refresh, onClose }: OrderProps) {
  const { t, f } = useLocale()
  const { billed_by_invoice: byInvoice, payment_methods: methods, refund } = overview
  const [quantity, setQuantity] = useState(pack.quantities?.[0] ?? 1)
  const [gift, setGift] = useState('')
  const [payment_method, setMethod] = useState(methods[0]?.id)
  const [placed, setPlaced] = useState<Purchase | null>(null)
  const order = useAttempt(key =>
    callApi<Purchase>(
      '/purchases',
      { pack: pack.id, quantity, ...(gift ? { gift_to: gift } : {}), ...(payment_method ? { payment_method } : {}) },
      key,
    ),
  )
  const buy = async () => {
    const purchase = await order.attempt()
    if (!purchase) return
    refresh()
    if (purchase.checkout_url) location.assign(purchase.checkout_url)
    else setPlaced(purchase)
  }
  const price = priceOf(pack, quantity)
  if (placed) return <Placed purchase={placed} name={pack.name} onClose={onClose} />
  return (
    <Dialog title={t.buy_title(pack.name)} onClose={onClose}>
      <Quantity pack={pack} quantity={quantity} onChange={setQuantity} />
      {pack.delivery === 'code' && (
        <label className="field">
          {t.buy_gift}
          <input type="email" value={gift} autoComplete="off" onChange={event => setGift(event.target.value)} />
        </label>
      )}
      <p>
        <Amount price={price} currency={pack.currency} />
        <span className="soft block">
          {pack.credits === null ? t.buy_surprise : t.credits(pack.credits * quantity)} ·{' '}
          <Validity validity={price.validity} />
        </span>
      </p>
      {hasSteps(pack) && <Prices pack={pack} />}
      <Methods methods={methods} chosen={payment_method} onChoose={setMethod} />
      <p className="soft">{byInvoice ? t.billed_by_invoice : t.never_automatic}</p>
      <p className="soft">{refund ? t.refund_terms[refund.what](f.duration(refund.window) ?? '') : t.refund_never}</p>
      <Problem text={order.problem} />
      <div className="actions">
        <button type="button" className="primary" disabled={order.busy} onClick={buy}>
          {byInvoice ? t.buy_by_invoice : t.buy_do}
        </button>
        <button type="button" onClick={onClose}>
          {t.buy_not}
        </button>
      </div>
    </Dialog>
  )
}

/** The order that was placed: what was bought, and how to pay by bank transfer. */
function Placed({ purchase, name, onClose }: { purchase: Purchase; name: string; onClose: () => void }) {
  const { t, f } = useLocale()
  const { quantity, credits, amount, currency, bank_transfer } = purchase
  return (
    <Dialog title={quantity > 1 ? `${name} × ${f.number(quantity)}` : name} onClose={onClose}>
      <p role="status">{t.buy_waiting}</p>
      {!bank_transfer && (
        <p>
          <strong className="price">{f.money(amount, currency)}</strong>
          {credits !== null && <span className="soft block">{t.credits(credits)}</span>}
        </p>
      )}
      <div className="placed">
        <Transfer purchase={purchase} />
      </div>
      <div className="actions">
        <button type="button" onClick={onClose}>
          {t.close}
        </button>
      </div>
    </Dialog>
  )
}
