import type { Express, Request } from 'express'
import { endConsoleSession, openConsoleLink, SESSION_SECONDS, startConsoleSession } from '../../db/console/sessions.ts'
import { notFound, Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import { cookie } from '../http/browsers.ts'
import { refuseUnknownParameters } from '../http/query.ts'
import { messagePage } from './message-page.ts'
import { type OpenId, openIdProvider, type Started } from './open-id.ts'
import { roleIn } from './roles.ts'
import { consoleUrl, csrfTokenOf, readSession, requireOwnPage, sessionCookie } from './session.ts'

/** How long a person may take to sign in at the provider. */
const SIGN_IN_SECONDS = 600

/** The sign-in of the console, and who is signed in. Its pages call /v1/ with the session. */
export function consoleSignIn(http: Express, app: App): void {
  const settings = app.config.console.openId
  const provider = settings && openIdProvider(settings)
  if (provider) signInWith(http, app, provider)
  else
    http.get('/console/sign-in', (_request, response) => {
      if (app.production) throw notFound('sign-in: CONSOLE_ISSUER is not set')
      messagePage(response, 200, 'Sign in', 'Run npm run console: it prints a link that works once.')
    })
  if (!app.production) followLinks(http, app)
  endSessions(http, app, provider)
  http.get('/console/session', async (request, response) => {
    refuseUnknownParameters([], request.query)
    response.set('Cache-Control', 'no-store').json(await describeSession(app, request))
  })
}

function signInWith(http: Express, app: App, provider: OpenId): void {
  // Lax: the provider leads back from its own site.
  const started = () => cookie('lotkeeper-sign-in', consoleUrl(app), 'lax')
  const redirectUri = () => `${consoleUrl(app)}/console/callback`

  http.get('/console/sign-in', async (request, response) => {
    const start = await provider.start(redirectUri())
    const kept = JSON.stringify({ ...start.started, return_to: returnTo(request.query.return_to) })
    response.set('Cache-Control', 'no-store')
    started().set(response, Buffer.from(kept).toString('base64url'), SIGN_IN_SECONDS)
    response.redirect(303, start.address)
  })

  http.get('/console/callback', async (request, response) => {
    response.set('Cache-Control', 'no-store')
    const kept = readStarted(started().read(request))
    started().clear(response)
    const current = new URL(redirectUri())
    current.search = new URL(request.originalUrl, current).search
    const signedIn = kept && (await provider.finish(current, kept).catch(error => logFailure(app, error)))
    if (!signedIn)
      return messagePage(response, 403, 'You are not signed in', 'The sign-in was refused, or took too long.', true)
    if (Object.keys(signedIn.roles).length === 0)
      return messagePage(response, 403, 'You have no role', 'None of your groups has a role in the console.', true)
    const secret = await startConsoleSession(app.db, signedIn, app.now())
    sessionCookie(app).set(response, secret, SESSION_SECONDS)
    response.redirect(303, returnTo(kept.return_to))
  })
}

function endSessions(http: Express, app: App, provider: OpenId | null): void {
  http.post('/console/sign-out', async (request, response) => {
    const session = await readSession(app, request)
    if (!session) throw signedOut()
    requireOwnPage(app, request, session.secret)
    await endConsoleSession(app.db, session.secret)
    sessionCookie(app).clear(response)
    const end = await provider?.endSession(`${consoleUrl(app)}/console`).catch(() => null)
    response.set('Cache-Control', 'no-store').json({ end_session_url: end ?? null })
  })
}

/** The links of `npm run console`. */
function followLinks(http: Express, app: App): void {
  http.get('/console', async (request, response, next) => {
    // A HEAD request, as link checkers send it, must not use up the link.
    if (request.method === 'HEAD' || typeof request.query.session !== 'string') return next()
    const secret = await openConsoleLink(app.db, request.query.session, app.now())
    response.set('Cache-Control', 'no-store')
    if (secret) sessionCookie(app).set(response, secret, SESSION_SECONDS)
    response.redirect(303, '/console')
  })
}

/** @throws Refused unauthorized */
async function describeSession(app: App, request: Request) {
  const session = await readSession(app, request)
  if (!session) throw signedOut()
  const { person, roles, expires_at, secret } = session
  const { temporalUi, temporalNamespace } = app.config
  const byProduct = [...app.policies.keys()].map(product => [product, roleIn(roles, product)] as const)
  return {
    person: person.name,
    email: person.email,
    roles: Object.fromEntries(byProduct.filter(([, role]) => role !== undefined)),
    csrf: csrfTokenOf(secret),
    expires_at,
    temporal_ui: temporalUi ? `${temporalUi}/namespaces/${encodeURIComponent(temporalNamespace)}` : null,
  }
}

function signedOut(): Refused {
  return new Refused({ code: 'unauthorized', detail: 'You are not signed in. Open /console/sign-in.' })
}

const HERE = 'http://console.invalid'

/** Only addresses of the console, so that a link cannot lead elsewhere. */
function returnTo(asked: unknown): string {
  if (typeof asked !== 'string' || !URL.canParse(asked, HERE)) return '/console'
  const { origin, pathname, search } = new URL(asked, HERE)
  return origin === HERE && /^\/console(\/|$)/.test(pathname) ? pathname + search : '/console'
}

function readStarted(kept: string | undefined): (Started & { return_to: unknown }) | undefined {
  try {
    const read = JSON.parse(Buffer.from(kept ?? '', 'base64url').toString())
    return read && [read.state, read.nonce, read.verifier].every(each => typeof each === 'string') ? read : undefined
  } catch {
    return undefined
  }
}

/** The name and the code, because the rest of the error may hold personal data. @throws Refused if the provider cannot be reached */
function logFailure(app: App, error: unknown): undefined {
  if (error instanceof Refused) throw error
  const { name, code, message } = error as Error & { code?: string }
  app.logger.warn({ name, code, message }, 'console: a sign-in failed')
  return undefined
}
