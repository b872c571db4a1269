import type { Express, NextFunction, Request, Response } from 'express'
import { openSession } from '../../db/accounts/portal-sessions.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import type { BodyReader } from '../rate-limits/bodies.ts'

/** What pages on other origins may do; browsers ask again after ten minutes. */
const permission = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Max-Age': '600',
}

/**
 * Lets pages of EMBED_ORIGINS show a customer's credits, as @lotkeeper/react does. They exchange a link from the product's backend
 * for a session that they send as a Bearer token. It only reads, and no cookie is involved, so a page sees nothing that its backend
 * has not given to it.
 */
export function allowEmbedding(http: Express, app: App, readBody: BodyReader): void {
  http.use('/portal/api', allowOrigins(app.config.embedOrigins))
  http.post('/portal/api/sessions', async (request, response) => {
    await readBody(request, response)
    const { session } = (request.body ?? {}) as { session?: unknown }
    const opened = typeof session === 'string' ? await openSession(app.db, session, app.now()) : null
    if (!opened)
      throw new Refused({ code: 'unauthorized', detail: 'The link is unknown, used or expired. Create another one.' })
    response.set('Cache-Control', 'no-store')
    response.status(201).json({ token: opened.secret, seconds: opened.seconds })
  })
}

/** The session that a page on another origin sends. Only reads are possible with it. */
export function embeddedSecret(request: Request): string | undefined {
  if (request.method !== 'GET') return undefined
  return /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1]
}

function allowOrigins(origins: readonly string[]) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const origin = request.get('origin')
    const isAllowed = origin !== undefined && origins.includes(origin)
    response.vary('Origin')
    if (isAllowed) response.set('Access-Control-Allow-Origin', origin)
    if (isAllowed && request.method === 'OPTIONS') response.set(permission).status(204).end()
    else next()
  }
}
