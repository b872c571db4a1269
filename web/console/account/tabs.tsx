import { Link, useHref } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'

const t = texts.account
const tabs = ['overview', 'memberships', 'purchases', 'generations', 'timeline', 'audits'] as const

export function AccountTabs({ account, current }: { account: string; current: string }) {
  const href = useHref()
  return (
    <nav className="tabs" aria-label={t.tabs}>
      {tabs.map(tab => (
        <Link key={tab} to={href(['accounts', account, tab])} current={tab === current}>
          {t[tab]}
        </Link>
      ))}
    </nav>
  )
}
