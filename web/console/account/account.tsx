import { type ComponentType, useCallback } from 'react'
import { useCalls } from '../api/calls.ts'
import { useLoaded } from '../api/loaded.ts'
import { Ready } from '../parts/states.tsx'
import { useAddress } from '../shell/navigation.tsx'
import { NotFound } from '../shell/not-found.tsx'
import { Audits } from './audits.tsx'
import { Generations } from './generations.tsx'
import { AccountHeader } from './header.tsx'
import { Memberships } from './memberships.tsx'
import { Overview } from './overview.tsx'
import { Purchases } from './purchases.tsx'
import { AccountTabs } from './tabs.tsx'
import { Timeline } from './timeline/timeline.tsx'
import type { ViewProps } from './view.ts'

/** The views of an account, by the step of the address after its name. */
const views: Record<string, ComponentType<ViewProps>> = {
  overview: Overview,
  memberships: Memberships,
  purchases: Purchases,
  generations: Generations,
  timeline: Timeline,
  audits: Audits,
}

/** Everything about one account. */
export function AccountScreen({ name }: { name: string }) {
  const { steps } = useAddress()
  const calls = useCalls()
  const load = useCallback(
    async () => ({
      account: await calls.get('/v1/accounts/{account}', { params: { path: { account: name } } }),
      version: Date.now(),
    }),
    [calls, name],
  )
  const loaded = useLoaded(load)
  const view = steps[3] ?? 'overview'
  const View = views[view] ?? NotFound
  return (
    <Ready of={loaded}>
      {({ account, version }) => (
        <>
          <AccountHeader account={account} reload={loaded.reload} />
          <AccountTabs account={name} current={view} />
          <View account={account} opened={steps[4] ?? null} version={version} reload={loaded.reload} />
        </>
      )}
    </Ready>
  )
}
