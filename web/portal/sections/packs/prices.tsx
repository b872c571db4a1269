import type { Pack } from '../../../shared/api-types.ts'
import { useLocale } from '../../../shared/locale.ts'

export type Price = Pack['prices'][number]

/** The price of a number of packages, as the checkout asks it. */
export function priceOf({ prices, full_amount }: Pack, quantity: number): Price {
  const step = prices.findLast(price => price.quantity <= quantity) ?? (prices[0] as Price)
  if (step.quantity === quantity) return step
  const full = full_amount * quantity
  return { ...step, quantity, full_amount: full, amount: Math.floor((full * (100 - step.discount_percent)) / 100) }
}

/** Whether the price or the validity depends on the quantity. */
export function hasSteps({ prices }: Pack): boolean {
  return prices.length > 1
}

export function Validity({ validity }: { validity: string }) {
  const { t, f } = useLocale()
  const duration = f.duration(validity)
  return duration ? t.valid_for(duration) : t.valid_forever
}

type AmountProps = { price: Price; currency: string; discountOnly?: boolean }

/** A price, with the discount and the price before it. */
export function Amount({ price, currency, discountOnly = false }: AmountProps) {
  const { t, f } = useLocale()
  const { amount, full_amount, discount_percent } = price
  return (
    <>
      {!discountOnly && <strong className="price">{f.money(amount, currency)}</strong>}
      {discount_percent > 0 && (
        <>
          {' '}
          <span className="tag">{t.discount(f.percent(discount_percent / 100))}</span>{' '}
          <span className="soft">
            <span className="hidden">{t.price_before}</span> <s>{f.money(full_amount, currency)}</s>
          </span>
        </>
      )}
    </>
  )
}

/** Price, discount and validity by quantity. */
export function Prices({ pack }: { pack: Pack }) {
  const { t, f } = useLocale()
  return (
    <table className="prices">
      <thead>
        <tr>
          <th scope="col">{t.buy_quantity}</th>
          <th scope="col">{t.price}</th>
          <th scope="col">{t.validity}</th>
        </tr>
      </thead>
      <tbody>
        {pack.prices.map(price => (
          <tr key={price.quantity}>
            <th scope="row">{pack.quantities ? f.number(price.quantity) : t.from_quantity(price.quantity)}</th>
            <td>
              {f.money(price.amount, pack.currency)}
              {price.discount_percent > 0 && (
                <span className="soft block">{t.discount(f.percent(price.discount_percent / 100))}</span>
              )}
            </td>
            <td>{f.duration(price.validity) ?? t.valid_forever}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
