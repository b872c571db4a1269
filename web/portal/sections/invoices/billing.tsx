import { type FormEvent, useState } from 'react'
import type { BillingDetails } from '../../../shared/api-types.ts'
import { useAttempt } from '../../../shared/attempt.ts'
import { callApi } from '../../../shared/call-api.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Problem } from '../../../shared/parts.tsx'

/** The buyer on the invoices. */
export function Billing({ billing, refresh }: { billing: BillingDetails | null; refresh: () => void }) {
  const { t } = useLocale()
  const [name, setName] = useState(billing?.name ?? '')
  const [address, setAddress] = useState(billing?.address.join('\n') ?? '')
  const [taxId, setTaxId] = useState(billing?.tax_id ?? '')
  const [saved, setSaved] = useState(false)
  const save = useAttempt(key => {
    const lines = address.split('\n').filter(line => line.trim() !== '')
    return callApi('/billing-details', { name, address: lines, tax_id: taxId.trim() || null }, key, 'PUT')
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaved(false)
    if (!(await save.attempt())) return
    setSaved(true)
    refresh()
  }
  return (
    <details className="billing" open={billing === null}>
      <summary>{t.billing}</summary>
      <form onSubmit={submit}>
        <p className="soft">{t.billing_why}</p>
        <label className="field">
          {t.billing_name}
          <input
            value={name}
            onChange={e => setName(e.target.value)}
            autoComplete="organization"
            required
            maxLength={200}
          />
        </label>
        <label className="field">
          {t.billing_address}
          <textarea
            value={address}
            onChange={e => setAddress(e.target.value)}
            autoComplete="street-address"
            rows={4}
            required
            maxLength={1200}
          />
        </label>
        <label className="field">
          {t.billing_tax_id}
          <input value={taxId} onChange={e => setTaxId(e.target.value)} autoComplete="off" maxLength={50} />
        </label>
        <button type="submit" disabled={save.busy}>
          {t.billing_do}
        </button>
        <p role="status">{saved && t.billing_saved}</p>
        <Problem text={save.problem} />
      </form>
    </details>
  )
}
