import type { Express, Request, Response } from 'express'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { endSession, findSession, openSession, type PortalUser } from '../../db/accounts/portal-sessions.ts'
import { invalidRequest, notFound, Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import { cookie, requireSameOrigin } from '../http/browsers.ts'
import { handle, readRequest, send } from '../http/handle.ts'
import { refuseUnknownParameters } from '../http/query.ts'
import type { Route } from '../http/route.ts'
import type { BodyReader } from '../rate-limits/bodies.ts'
import { allowEmbedding, embeddedSecret } from './embedding.ts'
import { overview } from './overview.ts'
import { pages } from './pages.ts'
import { type PortalRoute, portalRoutes } from './routes.ts'
import { watchAccounts } from './watch.ts'

/** Lax, because customers arrive by a link from the product's site. */
const sessionCookie = (publicUrl: string) => cookie('lotkeeper', publicUrl, 'lax')

/** Serves the customer's page: its files, its sessions, and the API routes that it may call for its own account. */
export function portal(http: Express, app: App, routes: Route[], readBody: BodyReader): void {
  const pageRoutes = portalRoutes(routes)
  const watch = watchAccounts(app)
  /** @param parameters the query parameters of the call */
  const withSession =
    (handle: (call: PortalCall) => Promise<void>, parameters: string[] = []) =>
    async (request: Request, response: Response) => {
      const { secret, user } = await loadSession(app, request)
      const caller: Caller = { product: user.product, key_id: 'page', key_name: 'page', scope: 'manage' }
      response.locals.caller = caller
      await app.keyRateLimiter.count(`page/${user.account_key}`)
      await readBody(request, response)
      response.set('Cache-Control', 'no-store')
      refuseUnknownParameters(parameters, request.query)
      await handle({ request, response, user, caller, secret })
    }

  for (const page of ['/portal', '/embed/badge'])
    http.get(page, async (request, response, next) => {
      // A HEAD request, as link checkers send it, must not use up the link.
      if (request.method === 'HEAD' || typeof request.query.session !== 'string') return next()
      const opened = await openSession(app.db, request.query.session, app.now())
      response.set('Cache-Control', 'no-store')
      if (opened) sessionCookie(app.publicUrl).set(response, opened.secret, opened.seconds)
      // Removes the secret from the URL. A used link leads to an existing session, if there is one.
      response.redirect(303, page)
    })
  pages(http, app)
  allowEmbedding(http, app, readBody)

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
      requireSameOrigin(app.publicUrl, request)
      await endSession(app.db, user, secret)
      sessionCookie(app.publicUrl).clear(response)
      response.status(204).end()
    }),
  )
  for (const target of pageRoutes)
    http[target.method](
      `/portal/api${target.path}`,
      withSession(call => forward(app, target, call), target.parameters),
    )
}

type PortalCall = { request: Request; response: Response; user: PortalUser; caller: Caller; secret: string }

async function loadSession(app: App, request: Request): Promise<{ secret: string; user: PortalUser }> {
  const secret = embeddedSecret(request) ?? sessionCookie(app.publicUrl).read(request)
  const user = secret && (await findSession(app.db, secret, app.now()))
  if (secret && user) return { secret, user }
  throw new Refused({
    code: 'unauthorized',
    detail: 'The session has ended. Open the page again from the product.',
  })
}

/** Forwards a call to the API's route, with the user's account as the account. */
async function forward(app: App, target: PortalRoute, { request, response, user, caller }: PortalCall): Promise<void> {
  if (target.method !== 'get') requireSameOrigin(app.publicUrl, request)
  response.locals.route = target.route
  const raw = readRequest(target.route, request)
  const forbidden = target.forbiddenFields.find(field => Object.hasOwn((raw.body ?? {}) as object, field))
  if (forbidden) throw invalidRequest(forbidden, 'must not be set by the customer')
  const params = { ...request.params, account: user.account }
  if (target.owner) await requireOwner(app, target.owner, user, caller, request, params)
  const query = target.byAccount ? { ...request.query, account: user.account } : request.query
  // Separates the keys of customers from those of the product's backend.
  const idempotencyKey = raw.idempotencyKey && `page/${user.account_key}/${raw.idempotencyKey}`
  await send(response, await handle(app, target.route, caller, request, { ...raw, params, query, idempotencyKey }))
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
  throw notFound('resource in this account')
}
