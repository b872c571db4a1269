import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import type { Account, Overview } from '../shared/api-types.ts'
import { callApi } from '../shared/call-api.ts'
import { useLive } from '../shared/live-view.ts'
import { localeFor, preferredLanguage } from '../shared/locale.ts'
import { isUnlimited, showsBalance } from '../shared/shows-balance.ts'
import '../style/base.css'
import '../style/badge.css'

const load = async () => {
  const [overview, account] = await Promise.all([callApi<Overview>('/overview'), callApi<Account>('/account')])
  return { overview, account }
}

/** Compact balance for a product's own pages (XD-12). */
function Badge() {
  const { view } = useLive(load)
  const { language, t, f } = localeFor(preferredLanguage(view?.overview.language))
  useEffect(() => {
    document.documentElement.lang = language
    document.title = t.title
  }, [language, t.title])
  if (!view || !showsBalance(view.overview, view.account)) return <p className="badge" />
  const { available, held, frozen } = view.account.balance
  return (
    <a className="badge" href="/portal" target="_top">
      <strong>{isUnlimited(view.account.balance) ? t.unlimited : t.credits(available)}</strong>
      {held > 0 && (
        <span>
          {t.held} {f.number(held)}
        </span>
      )}
      {frozen > 0 && (
        <span>
          {t.frozen} {f.number(frozen)}
        </span>
      )}
    </a>
  )
}

createRoot(document.getElementById('badge') as HTMLElement).render(<Badge />)
