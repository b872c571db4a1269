import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type Credits, type LiveCredits, liveCredits } from './live-credits.ts'
import type { PortalLink } from './portal.ts'

const Context = createContext<LiveCredits | null>(null)

export type CreditsProviderProps = {
  /** gets a link to the customer's page from your backend, which creates it with its API key */
  session: () => Promise<PortalLink>
  children?: ReactNode
}

/** Opens a session for the components in it, and keeps one connection for all of them. */
export function CreditsProvider({ session, children }: CreditsProviderProps) {
  // A new function in each rendering is the same session.
  const latest = useRef(session)
  useEffect(() => {
    latest.current = session
  })
  const [live] = useState(() => liveCredits(() => latest.current()))
  return <Context.Provider value={live}>{children}</Context.Provider>
}

/** The credits of the customer, which change while the page is open. @throws Error outside of a CreditsProvider */
export function useCredits(): Credits {
  const live = useLiveCredits()
  return useSyncExternalStore(live.subscribe, live.get, live.get)
}

/** @throws Error outside of a CreditsProvider */
export function useLiveCredits(): LiveCredits {
  const live = useContext(Context)
  if (!live) throw new Error('Put the component into a <CreditsProvider>.')
  return live
}
