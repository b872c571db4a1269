import { useCallback, useEffect, useRef, useState } from 'react'
import type {
  Account,
  Audit,
  BillingDetails,
  Entry,
  Generation,
  Invoice,
  Listing,
  Lot,
  Operation,
  Overview,
  Pack,
  Purchase,
  Usage,
} from './api-types.ts'
import { ApiError, callApi } from './call-api.ts'
import type { Language } from './format.ts'
import { preferredLanguage } from './locale.ts'

/** The data of the page as of `overview.as_of`. */
export type View = {
  overview: Overview
  /** of the page, and of the texts that the server wrote for it */
  language: Language
  account: Account
  lots: Lot[]
  operations: Operation[]
  generations: Listing<Generation>
  /** entries that belong to no generation */
  changes: Listing<Entry>
  usage: Usage[]
  packs: Pack[]
  purchases: Purchase[]
  audits: Audit[]
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

/** Audits shown on the page, the newest first. */
const AUDITS = 5

/** Loads all data of the page, so that nothing appears later and moves the rest. @throws ApiError */
export async function loadView(): Promise<View> {
  const overview = await callApi<Overview>('/overview')
  const language = preferredLanguage(overview.language)
  const may = (path: string) => overview.may.includes(`get ${path}`)
  const from = new Date(new Date(overview.as_of).getTime() - 366 * 86_400_000).toISOString()
  const listed = async <T>(path: string, query = ''): Promise<T[]> =>
    may(path) ? (await callApi<Listing<T>>(path + query)).data : []
  const [account, lots, operations, generations, changes, usage, packs, purchases, audits, invoices, billing] =
    await Promise.all([
      callApi<Account>('/account'),
      callApi<Listing<Lot>>('/lots?open=true&limit=100'),
      listed<Operation>('/operations'),
      callApi<Listing<Generation>>('/generations?limit=20'),
      callApi<Listing<Entry>>('/entries?without_generations=true&limit=10'),
      callApi<Listing<Usage>>(`/usage?group_by=day&from=${from}`),
      listed<Pack>('/packs'),
      listed<Purchase>('/purchases'),
      listed<Audit>('/audits', `?limit=${AUDITS}&language=${language}`),
      listed<Invoice>('/invoices'),
      may('/billing-details') ? callApi<{ billing_details: BillingDetails | null }>('/billing-details') : null,
    ])
  return {
    overview,
    language,
    account,
    lots: lots.data,
    operations,
    generations,
    changes,
    usage: usage.data,
    packs,
    purchases,
    audits,
    invoices,
    billing: billing?.billing_details ?? null,
  }
}
