import type { Account } from '@lotkeeper/client'
import { useState } from 'react'
import { newKey } from '../../shared/call-api.ts'
import { useLocale } from '../../shared/locale.ts'
import { useAccountActs } from '../acts/credits/account-acts.ts'
import { ActButton } from '../acts/host.tsx'
import { useCalls } from '../api/calls.ts'
import { useMay } from '../api/session.ts'
import { texts } from '../texts/index.ts'

const t = texts.account

/** Who it is, and what support can do for the account. */
export function AccountHeader({ account, reload }: { account: Account; reload: () => void }) {
  const { f } = useLocale()
  const maySupport = useMay('support')
  const { account: name, email, created_at, closed_at, test_clock } = account
  return (
    <section className="account-header" aria-label={name}>
      <div className="heading">
        <h1>{name}</h1>
        {maySupport && !closed_at && <CustomerLink account={name} />}
      </div>
      <p className="soft">
        {email ?? t.no_email} · {t.created(f.day(created_at))}
        {test_clock !== null && ` · ${t.test_clock}`}
        {closed_at && <span className="tag late">{t.closed(f.day(closed_at))}</span>}
      </p>
      {maySupport && !closed_at && <AccountActs account={account} reload={reload} />}
    </section>
  )
}

function AccountActs({ account, reload }: { account: Account; reload: () => void }) {
  return (
    <div className="actions">
      {useAccountActs(account).map(act => (
        <ActButton key={act.button} act={act} onDone={reload} />
      ))}
    </div>
  )
}

/** Opens the customer's page by a one-time link. */
function CustomerLink({ account }: { account: string }) {
  const calls = useCalls()
  const [failed, setFailed] = useState(false)
  const open = async () => {
    // Before the call, because browsers block windows that open later.
    const tab = window.open('', '_blank')
    try {
      const { url } = await calls.post('/v1/accounts/{account}/portal-sessions', {
        params: { path: { account } },
        body: {},
        idempotencyKey: newKey(),
      })
      if (tab) tab.location.href = url
    } catch {
      tab?.close()
      setFailed(true)
    }
  }
  return (
    <>
      <button type="button" onClick={open}>
        {t.as_customer}
      </button>
      {failed && <p role="alert">{texts.failed}</p>}
    </>
  )
}
