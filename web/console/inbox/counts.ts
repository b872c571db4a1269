import type { Answer } from '@lotkeeper/client'
import { createContext, useContext } from 'react'
import type { Loaded } from '../api/loaded.ts'

export type Attention = Answer<'get', '/v1/attention'>
export type Counts = Pick<Attention, 'counts' | 'overdue'>

/** How much waits in the inbox of the product. */
export const CountsContext = createContext<Loaded<Counts>>({ value: null, error: null, reload: async () => undefined })

export function useCounts(): Loaded<Counts> {
  return useContext(CountsContext)
}

export function totalOf({ counts }: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
