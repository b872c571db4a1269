import { useCallback, useEffect, useRef, useState } from 'react'
import type {
  Account,
  BillingDetails,
  Generation,
  Invoice,
  Listing,
  Lot,
  Overview,
  Pack,
  Purchase,
  Usage,
} from './api-types.ts'
import { ApiError, callApi } from './call-api.ts'

/** The data of the page as of `overview.as_of`. */
export type View = {
  overview: Overview
  account: Account
  lots: Lot[]
  generations: Listing<Generation>
  usage: Usage[]
  packs: Pack[]
  purchases: Purchase[]
  invoices: Invoice[]
  billing: BillingDetails | null
}

export type Live = {
  view: View | null
  /** why the data is missing or stale */
  error: 'signed_out' | 'unreachable' | null
  refresh: () => void
}

/** Expiry and limit resets write no ledger entry and send no event, so poll for them. */
const REFRESH_INTERVAL_MS = 60_000
const RETRY_MS = 5_000

/** The account, kept up to date by server-sent events. */
export function useLive<T>(load: () => Promise<T>): {
  view: T | null
  error: Live['error']
  refresh: () => void
} {
  const [view, setView] = useState<T | null>(null)
  const [error, setError] = useState<Live['error']>(null)
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
        setError(null)
      } catch (error) {
        setError(error instanceof ApiError && error.status === 401 ? 'signed_out' : 'unreachable')
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
    const timer = setInterval(look, REFRESH_INTERVAL_MS)
    return () => {
      events.close()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [refresh])

  useEffect(() => {
    if (error !== 'unreachable') return
    const timer = setTimeout(() => void refresh(), RETRY_MS)
    return () => clearTimeout(timer)
  }, [error, refresh])

  return { view, error, refresh: () => void refresh() }
}

/** Loads all data of the page. @throws ApiError */
export async function loadView(): Promise<View> {
  const overview = await callApi<Overview>('/overview')
  const may = (path: string) => overview.may.includes(`get ${path}`)
  const from = new Date(new Date(overview.as_of).getTime() - 366 * 86_400_000).toISOString()
  const listed = async <T>(path: string): Promise<T[]> => (may(path) ? (await callApi<Listing<T>>(path)).data : [])
  const [account, lots, generations, usage, packs, purchases, invoices, billing] = await Promise.all([
    callApi<Account>('/account'),
    callApi<Listing<Lot>>('/lots?open=true&limit=100'),
    callApi<Listing<Generation>>('/generations?limit=20'),
    callApi<Listing<Usage>>(`/usage?group_by=day&from=${from}`),
    may('/packs') ? callApi<Listing<Pack>>('/packs').then(({ data }) => data) : [],
    listed<Purchase>('/purchases'),
    listed<Invoice>('/invoices'),
    may('/billing-details') ? callApi<{ billing_details: BillingDetails | null }>('/billing-details') : null,
  ])
  return {
    overview,
    account,
    lots: lots.data,
    generations,
    usage: usage.data,
    packs,
    purchases,
    invoices,
    billing: billing?.billing_details ?? null,
  }
}
