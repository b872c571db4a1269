import { useEffect, useState } from 'react'
import { callApi } from '../shared/call-api.ts'
import type { Language } from '../shared/format.ts'
import { type Live, loadView, useLive, type View } from '../shared/live-view.ts'
import { LocaleContext, localeFor, preferredLanguage, rememberLanguage, useLocale } from '../shared/locale.ts'
import { Audits } from './sections/audits.tsx'
import { Balance } from './sections/balance.tsx'
import { Announcement, Banner } from './sections/banner.tsx'
import { Defects } from './sections/defects.tsx'
import { Header } from './sections/header.tsx'
import { Export, History } from './sections/history.tsx'
import { Invoices } from './sections/invoices/invoices.tsx'
import { Lots } from './sections/lots.tsx'
import { Packs } from './sections/packs/packs.tsx'
import { Plan } from './sections/plan.tsx'
import { Purchases } from './sections/purchases.tsx'
import { Redeem } from './sections/redeem.tsx'
import { Transactions } from './sections/transactions.tsx'
import { Usage } from './sections/usage.tsx'

/** The Plan & Credits page. */
export function Page() {
  const [locale, setLocale] = useState(() => localeFor(preferredLanguage()))
  const live = useLive(loadView)
  const { t, language } = locale
  useEffect(() => {
    document.documentElement.lang = language
    document.title = t.title
  }, [t.title, language])
  const choose = (language: Language) => {
    rememberLanguage(language)
    setLocale(localeFor(language))
  }
  return (
    <LocaleContext value={locale}>
      {live.view && live.error !== 'signed_out' && (
        <a className="skip" href="#balance">
          {t.skip}
        </a>
      )}
      <Header view={live.view} signedOut={live.error === 'signed_out'} onLanguage={choose} onSignOut={signOut} />
      <main>
        <Content {...live} />
      </main>
    </LocaleContext>
  )
}

async function signOut(): Promise<void> {
  await callApi('/sign-out', {}).catch(() => undefined)
  location.reload()
}

function Content({ view, error, refresh }: Live) {
  const { t } = useLocale()
  if (error === 'signed_out')
    return (
      <section className="alone">
        <h1>{t.signed_out}</h1>
        <p>{t.signed_out_why}</p>
      </section>
    )
  if (!view)
    return (
      <section className="alone" aria-busy="true">
        <h1 className="hidden">{t.title}</h1>
        <p role="status">{error === 'unreachable' ? t.unreachable : t.loading}</p>
      </section>
    )
  return (
    <>
      {error === 'unreachable' && (
        <p className="banner" role="status">
          {t.unreachable}
        </p>
      )}
      <Sections view={view} refresh={refresh} />
    </>
  )
}

/** Sections that the product does not offer are left out. */
function Sections({ view, refresh }: { view: View; refresh: () => void }) {
  const { may } = view.overview
  return (
    <>
      <Announcement view={view} />
      <Banner view={view} />
      <div className="columns">
        <div className="first">
          <Balance view={view} />
          <Lots view={view} />
        </div>
        <div className="second">
          <Plan view={view} refresh={refresh} />
          {may.includes('post /purchases') && <Packs view={view} refresh={refresh} />}
          {view.overview.redeems && may.includes('post /redemptions') && <Redeem refresh={refresh} />}
        </div>
      </div>
      <Usage view={view} />
      <History view={view} />
      <Purchases view={view} refresh={refresh} />
      {may.includes('get /audits') && <Audits view={view} />}
      {may.includes('get /defects') && <Defects view={view} />}
      <Invoices view={view} refresh={refresh} />
      <Transactions />
      <Export />
    </>
  )
}
