import { useMemo } from 'react'
import type { Format } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { type Calls, useCalls } from '../api/calls.ts'

/** What acts are made with: the calls of the product, and the formats of the page. */
export type Desk = { calls: Calls; f: Format; credits: (n: number) => string }

export function useDesk(): Desk {
  const calls = useCalls()
  const { f, t } = useLocale()
  return useMemo(() => ({ calls, f, credits: t.credits }), [calls, f, t])
}
