import type { Request } from 'express'
import { invalidRequest } from '../../domain/shared/refusals.ts'

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
