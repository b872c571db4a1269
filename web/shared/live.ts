import { useCallback, useEffect, useRef, useState } from 'react'
import type {
  Account,
  Generation,
  Invoice,
  Listing,
  Lot,
  Overview,
  Pack,
  Purchase,
  Usage,
} from './answers.ts'
import { ask, Problem } from './ask.ts'

/** Everything that the page shows, as it was at `overview.as_of`. */
export type View = {
  overview: Overview
  account: Account
  lots: Lot[]
  generations: Listing<Generation>
  usage: Usage[]
  packs: Pack[]
  purchases: Purchase[]
  invoices: Invoice[]
}

export type Live = {
  view: View | null
  /** why nothing, or nothing newer, can be shown */
  trouble: 'signed_out' | 'away' | null
  refresh: () => void
}

/** What expires or resets by itself moves no book: the page looks again now and then. */
const LOOK_AGAIN_MS = 60_000
const TRY_AGAIN_MS = 5_000

/** The account, kept up to date by server-sent events. */
export function useLive<T>(load: () => Promise<T>): {
  view: T | null
  trouble: Live['trouble']
  refresh: () => void
} {
  const [view, setView] = useState<T | null>(null)
  const [trouble, setTrouble] = useState<Live['trouble']>(null)
  const running = useRef<{ again: boolean } | null>(null)

  const refresh = useCallback(async () => {
    if (running.current) {
      running.current.again = true
      return
    }
    const run = { again: true }
    running.current = run
    while (run.again) {
      run.again = false
      try {
        setView(await load())
        setTrouble(null)
      } catch (error) {
        setTrouble(error instanceof Problem && error.status === 401 ? 'signed_out' : 'away')
      }
    }
    running.current = null
  }, [load])

  useEffect(() => {
    void refresh()
    const events = new EventSource('/portal/api/events')
    events.addEventListener('change', () => void refresh())
    const look = () => document.visibilityState === 'visible' && void refresh()
    document.addEventListener('visibilitychange', look)
    const timer = setInterval(look, LOOK_AGAIN_MS)
    return () => {
      events.close()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [refresh])

  useEffect(() => {
    if (trouble !== 'away') return
    const timer = setTimeout(() => void refresh(), TRY_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [trouble, refresh])

  return { view, trouble, refresh: () => void refresh() }
}

/** Loads the whole view. @throws Problem */
export async function loadView(): Promise<View> {
  const overview = await ask<Overview>('/overview')
  const may = (path: string) => overview.may.includes(`get ${path}`)
  const from = new Date(new Date(overview.as_of).getTime() - 366 * 86_400_000).toISOString()
  const listed = async <T>(path: string): Promise<T[]> =>
    may(path) ? (await ask<Listing<T>>(path)).data : []
  const [account, lots, generations, usage, packs, purchases, invoices] = await Promise.all([
    ask<Account>('/account'),
    ask<Listing<Lot>>('/lots?open=true&limit=100'),
    ask<Listing<Generation>>('/generations?limit=20'),
    ask<Listing<Usage>>(`/usage?group_by=day&from=${from}`),
    may('/packs') ? ask<Listing<Pack>>('/packs').then(({ data }) => data) : [],
    listed<Purchase>('/purchases'),
    listed<Invoice>('/invoices'),
  ])
  return { overview, account, lots: lots.data, generations, usage: usage.data, packs, purchases, invoices }
}
