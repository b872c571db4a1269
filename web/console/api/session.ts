import { createContext, useContext } from 'react'
import { ApiError } from '../../shared/call-api.ts'

/** What a person may do in a product: each role includes those before it. */
export const roles = ['read', 'support', 'admin'] as const
export type Role = (typeof roles)[number]

/** Who is signed in. */
export type Session = {
  person: string
  /** by product */
  roles: Record<string, Role>
  /** sent with every call that changes something */
  csrf: string
  /** address and namespace of the Temporal UI, for links to workflows; null: not configured */
  temporal_ui: string | null
}

/** @throws ApiError; status 401 if nobody is signed in */
export async function loadSession(): Promise<Session> {
  const response = await fetch('/console/session').catch(() => {
    throw new ApiError(0, 'offline', '')
  })
  if (!response.ok) throw new ApiError(response.status, 'unauthorized', '')
  return response.json()
}

/** Ends the session, here and where the person signed in. */
export async function signOut({ csrf }: Session): Promise<void> {
  const sent = { method: 'POST', headers: { 'x-csrf-token': csrf } }
  const response = await fetch('/console/sign-out', sent).catch(() => null)
  const answer: { end_session_url?: string | null } = response?.ok ? await response.json() : {}
  location.assign(answer.end_session_url ?? '/console')
}

/** The session and the product that the page is about. */
export type Place = { session: Session; product: string }

export const PlaceContext = createContext<Place | null>(null)

/** @throws Error outside of a product's pages */
export function usePlace(): Place {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('no product is chosen')
  return place
}

/** Whether the person has at least this role in the product. */
export function useMay(role: Role): boolean {
  const { session, product } = usePlace()
  return roles.indexOf(session.roles[product] ?? 'read') >= roles.indexOf(role)
}
