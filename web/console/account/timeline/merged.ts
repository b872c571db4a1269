import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../../shared/call-api.ts'
import type { Happening, Kind } from './happening.ts'
import { merge, type Read } from './merge.ts'
import type { Source } from './sources.ts'

export type Merged = {
  happenings: Happening[] | null
  error: ApiError | null
  earlier: (() => void) | null
  reload: () => Promise<void>
}

/** Several lists as one, read page by page. Loads again from the start when `sources` changes. */
export function useMerged(sources: Record<Kind, Source>): Merged {
  const [lists, setLists] = useState<Map<Kind, Read> | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const turn = useRef(0)
  const read = useCallback(
    async (known: Map<Kind, Read>) => {
      const current = ++turn.current
      const open = (Object.keys(sources) as Kind[]).filter(kind => known.get(kind)?.next !== null)
      try {
        const pages = await Promise.all(
          open.map(async kind => [kind, await sources[kind](known.get(kind)?.next ?? null)] as const),
        )
        if (current !== turn.current) return
        const merged = new Map(known)
        for (const [kind, { happenings, next }] of pages)
          merged.set(kind, { happenings: [...(known.get(kind)?.happenings ?? []), ...happenings], next })
        setLists(merged)
        setError(null)
      } catch (error) {
        if (current === turn.current)
          setError(error instanceof ApiError ? error : new ApiError(0, 'internal_error', ''))
      }
    },
    [sources],
  )
  useEffect(() => void read(new Map()), [read])
  const goesOn = lists && [...lists.values()].some(({ next }) => next !== null)
  return {
    happenings: lists && merge([...lists.values()]),
    error,
    earlier: lists && goesOn ? () => void read(lists) : null,
    reload: () => read(new Map()),
  }
}
