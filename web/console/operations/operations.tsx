import type { ComponentType } from 'react'
import { usePlace } from '../api/session.ts'
import { Link, useAddress, useHref } from '../shell/navigation.tsx'
import { NotFound } from '../shell/not-found.tsx'
import { texts } from '../texts/index.ts'
import { Campaigns } from './campaigns.tsx'
import { Keys } from './keys.tsx'
import { Webhooks } from './webhooks/webhooks.tsx'

const t = texts.operations

/** The views, by the step of the address after `operations`. */
const views: Record<string, ComponentType> = { campaigns: Campaigns, webhooks: Webhooks, keys: Keys }
const names: Record<string, string> = { campaigns: t.campaigns, webhooks: t.webhooks, keys: t.keys }

/** What concerns the whole product. */
export function Operations() {
  const { steps } = useAddress()
  const href = useHref()
  const { session } = usePlace()
  const current = steps[2] ?? 'campaigns'
  const View = views[current] ?? NotFound
  return (
    <>
      <div className="heading">
        <h1>{t.title}</h1>
        {session.temporal_ui && (
          <a href={`${session.temporal_ui}/schedules`} target="_blank" rel="noreferrer">
            {t.schedules}
          </a>
        )}
      </div>
      <nav className="tabs" aria-label={t.views}>
        {Object.keys(views).map(view => (
          <Link key={view} to={href(['operations', view])} current={view === current}>
            {names[view]}
          </Link>
        ))}
      </nav>
      <View />
    </>
  )
}
