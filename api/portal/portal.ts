import type { Express, Request, Response } from 'express'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import type { Caller } from '../http/auth.ts'
import { answerOf, askedBy, send } from '../http/handle.ts'
import type { Route } from '../http/route.ts'
import { clearCookie, readCookie, setCookie } from './cookie.ts'
import { overview } from './overview.ts'
import { pages } from './pages.ts'
import { type Door, doorsOf } from './routes.ts'
import { endSession, openSession, type Visitor, visitorOf } from './sessions.ts'
import { watchAccounts } from './watch.ts'

/** The customer's own page: its files, its sessions, and the few routes of the API that it may call for its account. */
export function portal(http: Express, app: App, routes: Route[]): void {
  const doors = doorsOf(routes)
  const watch = watchAccounts(app)
  const visited =
    (handle: (visit: Visit) => Promise<void>) => async (request: Request, response: Response) => {
      const { secret, visitor } = await visitOf(app, request)
      const caller: Caller = { product: visitor.product, key_id: 'page', key_name: 'page', scope: 'manage' }
      response.locals.caller = caller
      await app.keyRates.count(`page/${visitor.account_key}`)
      response.set('Cache-Control', 'no-store')
      await handle({ request, response, visitor, caller, secret })
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
    visited(async ({ response, visitor, caller }) => {
      await send(response, await overview(app, caller, visitor, doors))
    }),
  )
  http.get(
    '/portal/api/events',
    visited(async ({ response, visitor }) => watch(visitor.account_key, response)),
  )
  http.post(
    '/portal/api/sign-out',
    visited(async ({ request, response, visitor, secret }) => {
      demandOwnOrigin(app, request)
      await endSession(app.db, visitor, secret)
      clearCookie(response, app.publicUrl)
      response.status(204).end()
    }),
  )
  for (const door of doors)
    http[door.method](
      `/portal/api${door.path}`,
      visited(visit => pass(app, door, visit)),
    )
}

type Visit = { request: Request; response: Response; visitor: Visitor; caller: Caller; secret: string }

async function visitOf(app: App, request: Request): Promise<{ secret: string; visitor: Visitor }> {
  const secret = readCookie(request)
  const visitor = secret && (await visitorOf(app.db, secret, app.now()))
  if (secret && visitor) return { secret, visitor }
  throw new Refused({
    code: 'unauthorized',
    detail: 'The session has ended. Open this page again from where you came.',
  })
}

/** Lets the API's own route answer, with the visitor's account in the place of any other. */
async function pass(app: App, door: Door, { request, response, visitor, caller }: Visit): Promise<void> {
  if (door.method === 'post') demandOwnOrigin(app, request)
  const asked = askedBy(door.route, request)
  const chosen = door.closed.find(field => Object.hasOwn((asked.body ?? {}) as object, field))
  if (chosen) throw invalidRequest(chosen, 'is not for the customer to choose')
  const params = { ...request.params, account: visitor.account }
  if (door.owner) await demandOwner(app, door.owner, visitor, caller, request, params)
  const query = door.byAccount ? { ...request.query, account: visitor.account } : request.query
  // So that no visitor can ask for an answer that the product's own backend got.
  const idempotencyKey = asked.idempotencyKey && `page/${visitor.account_key}/${asked.idempotencyKey}`
  await send(
    response,
    await answerOf(app, door.route, caller, request, { ...asked, params, query, idempotencyKey }),
  )
}

async function demandOwner(
  app: App,
  owner: Route,
  visitor: Visitor,
  caller: Caller,
  request: Request,
  params: object,
): Promise<void> {
  const asked = { params, query: {}, body: undefined, idempotencyKey: undefined }
  const { body } = await answerOf(app, owner, caller, request, asked)
  if ((body as { account?: string } | undefined)?.account === visitor.account) return
  throw new Refused({ code: 'not_found', detail: 'There is no such thing in this account.' })
}

/** Other sites may not act in a visitor's name: browsers say where a request comes from. */
function demandOwnOrigin(app: App, request: Request): void {
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const own = site ? site === 'same-origin' : !origin || origin === new URL(app.publicUrl).origin
  if (!own) throw invalidRequest('Origin', 'must be that of the page')
}
