import { useMemo } from 'react'
import type { Format } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { type Calls, useCalls } from '../api/calls.ts'
import { useHref } from '../shell/navigation.tsx'

/** What acts are made with: the calls and addresses of the product, and the formats of the page. */
export type Desk = { calls: Calls; f: Format; credits: (n: number) => string; hrefOf: ReturnType<typeof useHref> }

export function useDesk(): Desk {
  const calls = useCalls()
  const { f, t } = useLocale()
  const hrefOf = useHref()
  return useMemo(() => ({ calls, f, credits: t.credits, hrefOf }), [calls, f, t, hrefOf])
}
