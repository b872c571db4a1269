import { type FormEvent, useState } from 'react'
import type { Lot } from '../../shared/api-types.ts'
import { useAttempt } from '../../shared/attempt.ts'
import { callApi } from '../../shared/call-api.ts'
import { useLocale } from '../../shared/locale.ts'
import { Problem } from '../../shared/parts.tsx'

export function Redeem({ refresh }: { refresh: () => void }) {
  const { t } = useLocale()
  return (
    <section aria-labelledby="redeem-title" className="card">
      <h2 id="redeem-title">{t.redeem}</h2>
      <RedeemForm label={t.redeem_code} refresh={refresh} />
    </section>
  )
}

/** A field for a code. */
export function RedeemForm({ label, refresh }: { label: string; refresh: () => void }) {
  const { t } = useLocale()
  const [code, setCode] = useState('')
  const [added, setAdded] = useState<number | null>(null)
  const redeem = useAttempt(key => callApi<Lot | { lot: Lot }>('/redemptions', { code }, key))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAdded(null)
    const answer = await redeem.attempt()
    if (!answer) return
    setAdded('lot' in answer ? answer.lot.granted : answer.granted)
    setCode('')
    refresh()
  }
  return (
    <>
      <form onSubmit={submit} className="redeem">
        <label className="field">
          {label}
          <input
            value={code}
            onChange={event => setCode(event.target.value)}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            required
            maxLength={100}
          />
        </label>
        <button type="submit" className="primary" disabled={redeem.busy}>
          {t.redeem_do}
        </button>
      </form>
      <p role="status">{added !== null && t.redeemed(added)}</p>
      <Problem text={redeem.problem} />
    </>
  )
}
