import type { Lot } from './api-types.ts'
import { expiriesOf } from './at-end.ts'
import { useLocale } from './locale.ts'

/** How many frozen credits can be used again, and until when. */
export function FrozenExpiries({ lots }: { lots: Lot[] }) {
  const { t, f } = useLocale()
  return (
    <ul className="expiries">
      {expiriesOf(lots).map(({ at, amount, later }) => (
        <li key={`${at}`}>
          {at === null ? t.frozen_forever(amount) : (later ? t.frozen_later : t.frozen_until)(amount, f.moment(at))}
        </li>
      ))}
    </ul>
  )
}
