import { useEffect, useMemo, useState } from 'react'
import { applyColors } from '../shared/brand.ts'
import { callApi } from '../shared/call-api.ts'
import type { Language } from '../shared/format.ts'
import { isEmpty } from '../shared/is-empty.ts'
import { type Live, loadView, useLive, type View } from '../shared/live-view.ts'
import { LocaleContext, localeFor, preferredLanguage, rememberLanguage, useLocale } from '../shared/locale.ts'
import { Balance } from './sections/balance.tsx'
import { Announcement, Banner } from './sections/banner.tsx'
import { Costs } from './sections/costs.tsx'
import { Defects } from './sections/defects.tsx'
import { Footer } from './sections/footer.tsx'
import { Header } from './sections/header.tsx'
import { Audits } from './sections/history/audits.tsx'
import { Export, History } from './sections/history/history.tsx'
import { Transactions } from './sections/history/transactions.tsx'
import { Usage } from './sections/history/usage.tsx'
import { Invoices } from './sections/invoices/invoices.tsx'
import { Lots } from './sections/lots.tsx'
import { Packs } from './sections/packs/packs.tsx'
import { Plan } from './sections/plan/plan.tsx'
import { Purchases } from './sections/purchases.tsx'
import { Redeem } from './sections/redeem.tsx'
import { Skeleton } from './sections/skeleton.tsx'
import { Welcome } from './sections/welcome.tsx'

/** The Plan & Credits page. */
export function Page() {
  const live = useLive(loadView)
  const { view, refresh } = live
  const [chosen, choose] = useState<Language | null>(null)
  const language = chosen ?? view?.language ?? preferredLanguage()
  const timeZone = view?.account.time_zone
  const locale = useMemo(() => localeFor(language, timeZone), [language, timeZone])
  const { title } = locale.t
  useEffect(() => {
    document.documentElement.lang = language
    document.title = title
  }, [title, language])
  useEffect(() => applyColors(view?.overview.product.colors), [view])
  const onLanguage = (language: Language) => {
    rememberLanguage(language)
    choose(language)
    refresh()
  }
  const signedOut = live.error === 'signed_out'
  return (
    <LocaleContext value={locale}>
      {view && !signedOut && (
        <a className="skip" href="#balance">
          {locale.t.skip}
        </a>
      )}
      <Header view={view} signedOut={signedOut} onLanguage={onLanguage} onSignOut={signOut} />
      <main>
        <Content {...live} />
      </main>
      {view && !signedOut && <Footer view={view} />}
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
  if (!view && error === null) return <Skeleton />
  return (
    <>
      {error === 'unreachable' && (
        <p className={view ? 'banner' : 'alone'} role="status">
          {t.unreachable}
        </p>
      )}
      {view && <Sections view={view} refresh={refresh} />}
    </>
  )
}

/**
 * Sections that the product does not offer, or that are still empty, are left out. Buying comes before the list of lots,
 * which a wide page shows beside it.
 */
function Sections({ view, refresh }: { view: View; refresh: () => void }) {
  const { may, redeems } = view.overview
  const empty = isEmpty(view)
  return (
    <>
      <Announcement view={view} />
      <Banner view={view} />
      <div className="columns">
        <div className="first">
          <Balance view={view} />
          {empty && <Welcome view={view} />}
        </div>
        <div className="second">
          <Plan view={view} refresh={refresh} />
          {may.includes('post /purchases') && <Packs view={view} refresh={refresh} />}
          {redeems && may.includes('post /redemptions') && <Redeem refresh={refresh} />}
        </div>
        {!empty && <Lots view={view} />}
      </div>
      <Costs view={view} />
      {view.usage.length > 0 && <Usage view={view} />}
      <History view={view} />
      <Transactions view={view} />
      <Purchases view={view} refresh={refresh} />
      <Audits audits={view.audits} />
      {may.includes('get /defects') && <Defects view={view} />}
      <Invoices view={view} refresh={refresh} />
      {!empty && <Export />}
    </>
  )
}
