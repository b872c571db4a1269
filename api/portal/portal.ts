import type { Express, Request, Response } from 'express'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { endSession, findSession, openSession, type PortalUser } from '../../db/accounts/portal-sessions.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import { handle, readRequest, send } from '../http/handle.ts'
import type { Route } from '../http/route.ts'
import { clearCookie, readCookie, setCookie } from './cookie.ts'
import { overview } from './overview.ts'
import { pages } from './pages.ts'
import { type PortalRoute, portalRoutes } from './routes.ts'
import { watchAccounts } from './watch.ts'

/** The customer's own page: its files, its sessions, and the few routes of the API that it may call for its account. */
export function portal(http: Express, app: App, routes: Route[]): void {
  const pageRoutes = portalRoutes(routes)
  const watch = watchAccounts(app)
  const withSession =
    (handle: (call: PortalCall) => Promise<void>) => async (request: Request, response: Response) => {
      const { secret, user } = await loadSession(app, request)
      const caller: Caller = { product: user.product, key_id: 'page', key_name: 'page', scope: 'manage' }
      response.locals.caller = caller
      await app.keyRateLimiter.count(`page/${user.account_key}`)
      response.set('Cache-Control', 'no-store')
      await handle({ request, response, user, caller, secret })
    }

  http.get('/portal', async (request, response, next) => {
    if (typeof request.query.session !== 'string') return next()
    const opened = await openSession(app.db, request.query.session, app.now())
    response.set('Cache-Control', 'no-store')
    if (opened) setCookie(response, app.publicUrl, opened)
    // Without the secret in the address. A link that is used up leads to the session that may be there already.
    response.redirect(303, '/portal')
  })
  pages(http, app)

  http.get(
    '/portal/api/overview',
    withSession(async ({ response, user, caller }) => {
      await send(response, await overview(app, caller, user, pageRoutes))
    }),
  )
  http.get(
    '/portal/api/events',
    withSession(async ({ response, user }) => watch(user.account_key, response)),
  )
  http.post(
    '/portal/api/sign-out',
    withSession(async ({ request, response, user, secret }) => {
      requireSameOrigin(app, request)
      await endSession(app.db, user, secret)
      clearCookie(response, app.publicUrl)
      response.status(204).end()
    }),
  )
  for (const target of pageRoutes)
    http[target.method](
      `/portal/api${target.path}`,
      withSession(call => forward(app, target, call)),
    )
}

type PortalCall = { request: Request; response: Response; user: PortalUser; caller: Caller; secret: string }

async function loadSession(app: App, request: Request): Promise<{ secret: string; user: PortalUser }> {
  const secret = readCookie(request)
  const user = secret && (await findSession(app.db, secret, app.now()))
  if (secret && user) return { secret, user }
  throw new Refused({
    code: 'unauthorized',
    detail: 'The session has ended. Open this page again from where you came.',
  })
}

/** Lets the API's own route answer, with the visitor's account in the place of any other. */
async function forward(
  app: App,
  target: PortalRoute,
  { request, response, user, caller }: PortalCall,
): Promise<void> {
  if (target.method === 'post') requireSameOrigin(app, request)
  response.locals.route = target.route
  const raw = readRequest(target.route, request)
  const chosen = target.forbiddenFields.find(field => Object.hasOwn((raw.body ?? {}) as object, field))
  if (chosen) throw invalidRequest(chosen, 'is not for the customer to choose')
  const params = { ...request.params, account: user.account }
  if (target.owner) await requireOwner(app, target.owner, user, caller, request, params)
  const query = target.byAccount ? { ...request.query, account: user.account } : request.query
  // So that no visitor can ask for an answer that the product's own backend got.
  const idempotencyKey = raw.idempotencyKey && `page/${user.account_key}/${raw.idempotencyKey}`
  await send(
    response,
    await handle(app, target.route, caller, request, { ...raw, params, query, idempotencyKey }),
  )
}

async function requireOwner(
  app: App,
  owner: Route,
  user: PortalUser,
  caller: Caller,
  request: Request,
  params: object,
): Promise<void> {
  const raw = { params, query: {}, body: undefined, idempotencyKey: undefined }
  const { body } = await handle(app, owner, caller, request, raw)
  if ((body as { account?: string } | undefined)?.account === user.account) return
  throw new Refused({ code: 'not_found', detail: 'There is no such thing in this account.' })
}

/** Other sites may not act in a visitor's name: browsers say where a request comes from. */
function requireSameOrigin(app: App, request: Request): void {
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const own = site ? site === 'same-origin' : !origin || origin === new URL(app.publicUrl).origin
  if (!own) throw invalidRequest('Origin', 'must be that of the page')
}
