import { type ReactNode, useCallback } from 'react'
import { ActHost } from '../acts/host.tsx'
import { useCalls } from '../api/calls.ts'
import { useLoaded } from '../api/loaded.ts'
import { signOut, useMay, usePlace } from '../api/session.ts'
import { CountsContext, totalOf, useCounts } from '../inbox/counts.ts'
import { texts } from '../texts/index.ts'
import { hrefOf, Link, navigate, useAddress, useHref } from './navigation.tsx'
import { SearchField } from './search-field.tsx'

/** What surrounds every screen: the product, the search, the sections and who is signed in. */
export function Frame({ children }: { children: ReactNode }) {
  const calls = useCalls()
  const counts = useLoaded(useCallback(() => calls.get('/v1/attention', { params: { query: { limit: 1 } } }), [calls]))
  return (
    <CountsContext value={counts}>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <Top />
      <div className="frame">
        <Sections />
        <main id="content" tabIndex={-1}>
          <ActHost>{children}</ActHost>
        </main>
      </div>
    </CountsContext>
  )
}

function Top() {
  const { session, product } = usePlace()
  return (
    <header className="top console-top">
      <label>
        <span className="hidden">{texts.product}</span>
        <select value={product} onChange={event => navigate(hrefOf([event.target.value, 'inbox']))}>
          {Object.keys(session.roles)
            .sort()
            .map(each => (
              <option key={each}>{each}</option>
            ))}
        </select>
      </label>
      {useMay('support') && <SearchField />}
      <div className="settings">
        <span className="soft small person">{session.person}</span>
        <button type="button" className="quiet" onClick={() => signOut(session)}>
          {texts.sign_out}
        </button>
      </div>
    </header>
  )
}

const supportSections: [step: string, name: string][] = [
  ['accounts', texts.accounts.title],
  ['operations', texts.operations.title],
]

/** The sections that the person's role can use, with what waits in them. */
function Sections() {
  const { steps } = useAddress()
  const href = useHref()
  const current = steps[1] ?? 'inbox'
  const maySupport = useMay('support')
  const sections: [step: string, name: string][] = [
    ['inbox', texts.inbox.title],
    ...(maySupport ? supportSections : []),
  ]
  return (
    <nav className="sections" aria-label={texts.sections}>
      <ul>
        {sections.map(([step, name]) => (
          <li key={step}>
            <Link to={href([step])} current={current === step}>
              {name} {step === 'inbox' && <InboxCount />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function InboxCount() {
  const { value } = useCounts()
  const total = value ? totalOf(value) : 0
  if (!value || total === 0) return null
  return (
    <span className={value.overdue > 0 ? 'count late' : 'count'}>
      {total}
      {value.overdue > 0 && <span className="hidden"> ({texts.overdue(value.overdue)})</span>}
    </span>
  )
}
