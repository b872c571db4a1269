import { type FormEvent, useState } from 'react'
import type { Purchase } from '../../shared/api-types.ts'
import { useAttempt } from '../../shared/attempt.ts'
import { callApi } from '../../shared/call-api.ts'
import { useLocale } from '../../shared/locale.ts'
import { Problem } from '../../shared/parts.tsx'
import { RedeemForm } from './redeem.tsx'

type Props = { purchase: Purchase; code: NonNullable<Purchase['code']>; refresh: () => void }

/** Where the code of a purchase was sent, a field for a missing address, and one to redeem it (MY-12). */
export function Code({ purchase, code, refresh }: Props) {
  const { t } = useLocale()
  if (code.status !== 'valid') return null
  const { to, sent, gift, email_problem } = code
  if (email_problem)
    return (
      <>
        <p>{email_problem === 'rejected' && to ? t.code_rejected(to) : t.code_no_address}</p>
        <Address id={purchase.id} refresh={refresh} />
      </>
    )
  return (
    <>
      <p>{sent && to ? t.code_sent_to(to) : t.code_sending}</p>
      {!gift && <RedeemForm label={t.redeem_from_email} refresh={refresh} />}
    </>
  )
}

function Address({ id, refresh }: { id: string; refresh: () => void }) {
  const { t } = useLocale()
  const [email, setEmail] = useState('')
  const send = useAttempt(key => callApi<Purchase>(`/purchases/${id}/code/address`, { email }, key))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await send.attempt()) refresh()
  }
  return (
    <>
      <form onSubmit={submit} className="redeem">
        <label className="field">
          {t.code_address}
          <input
            type="email"
            value={email}
            onChange={event => setEmail(event.target.value)}
            autoComplete="email"
            required
            maxLength={254}
          />
        </label>
        <button type="submit" className="primary" disabled={send.busy}>
          {t.code_address_do}
        </button>
      </form>
      <Problem text={send.problem} />
    </>
  )
}

/** The state of a purchase by code; undefined where the purchase's own state says it. */
export function codeState({ state, code }: Purchase) {
  if (!code || (state !== 'fulfilled' && state !== 'reissued')) return undefined
  if (code.status !== 'valid') return code.status === 'redeemed' ? 'redeemed' : undefined
  if (code.email_problem) return code.email_problem
  return code.sent ? 'sent' : 'sending'
}
