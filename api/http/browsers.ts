import type { Request, Response } from 'express'
import { invalidRequest } from '../../domain/shared/refusals.ts'

/** A cookie with a secret, which scripts cannot read. */
export type Cookie = {
  read(request: Request): string | undefined
  set(response: Response, secret: string, seconds: number): void
  clear(response: Response): void
}

/** @param url the address at which browsers reach us; over https the cookie is Secure, and its name begins with __Host- */
export function cookie(name: string, url: string, sameSite: 'lax' | 'strict'): Cookie {
  const secure = url.startsWith('https:')
  const options = { httpOnly: true, sameSite, secure, path: '/' }
  // Browsers accept the prefix from this host over TLS only, so no other host can set the cookie.
  const fullName = secure ? `__Host-${name}` : name
  return {
    read(request) {
      const pairs = (request.get('cookie') ?? '').split(';').map(pair => pair.trim().split('='))
      return pairs.find(([each]) => each === fullName)?.[1]
    },
    set: (response, secret, seconds) => void response.cookie(fullName, secret, { ...options, maxAge: seconds * 1000 }),
    clear: response => void response.clearCookie(fullName, options),
  }
}

/**
 * Rejects cross-site requests, by the headers that browsers send.
 * @param url the page's address
 * @throws Refused invalid_request
 */
export function requireSameOrigin(url: string, request: Request): void {
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const own = site ? site === 'same-origin' : !origin || origin === new URL(url).origin
  if (!own) throw invalidRequest('Origin', "must be the page's own origin")
}
