import type { Overview, Purchase } from '../../../shared/api-types.ts'
import { humanize } from '../../../shared/format.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Fact } from '../../../shared/parts.tsx'

type MethodsProps = {
  methods: Overview['payment_methods']
  chosen: string | undefined
  onChoose: (method: string) => void
}

/** The ways to pay that are on offer (KV-17); nothing where the customer chooses at the provider. */
export function Methods({ methods, chosen, onChoose }: MethodsProps) {
  const { t } = useLocale()
  if (methods.length === 0) return null
  return (
    <fieldset className="methods">
      <legend>{t.payment_method}</legend>
      {methods.map(({ id }) => (
        <label key={id}>
          <input type="radio" name="payment-method" checked={id === chosen} onChange={() => onChoose(id)} />{' '}
          {t.payment_methods[id] ?? humanize(id)}
        </label>
      ))}
    </fieldset>
  )
}

/** Where to send the money of a bank transfer, and the reference to give (KV-18). */
export function Transfer({ purchase: { bank_transfer } }: { purchase: Purchase }) {
  const { t, f } = useLocale()
  if (!bank_transfer) return null
  const { bank, number, holder, reference, amount, currency, due_at } = bank_transfer
  return (
    <>
      <p>{t.transfer_how}</p>
      <dl className="facts">
        <Fact name={t.transfer_amount}>{f.money(amount, currency)}</Fact>
        <Fact name={t.transfer_due}>{f.moment(due_at)}</Fact>
        <Fact name={t.transfer_bank}>{bank}</Fact>
        <Fact name={t.transfer_account}>{number}</Fact>
        <Fact name={t.transfer_holder}>{holder}</Fact>
        <Fact name={t.transfer_reference}>
          <strong>{reference}</strong>
        </Fact>
      </dl>
    </>
  )
}
