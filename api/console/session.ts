import { hash, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import type { Caller } from '../../db/accounts/api-keys.ts'
import { type ConsoleSession, findConsoleSession } from '../../db/console/sessions.ts'
import { invalidRequest, Refused } from '../../domain/shared/refusals.ts'
import type { App } from '../http/app.ts'
import { type Cookie, cookie, requireSameOrigin } from '../http/browsers.ts'
import { roleIn } from './roles.ts'

/** Chooses the product of a call by a person, as a key does by itself. */
const PRODUCT_HEADER = 'Lotkeeper-Product'
const CSRF_HEADER = 'X-CSRF-Token'

/** The address at which people open the console, without a trailing slash. */
export function consoleUrl({ config, publicUrl }: App): string {
  return config.console.url ?? publicUrl
}

/** Strict: only the console's own pages send it. */
export function sessionCookie(app: App): Cookie {
  return cookie('lotkeeper-console', consoleUrl(app), 'strict')
}

/** The session of a request's cookie, if it is valid. */
export async function readSession(
  app: App,
  request: Request,
): Promise<(ConsoleSession & { secret: string }) | undefined> {
  const secret = sessionCookie(app).read(request)
  const session = secret && (await findConsoleSession(app.db, secret, app.now()))
  return secret && session ? { ...session, secret } : undefined
}

/** The token that a page must send with whatever it changes; another site cannot read it. */
export function csrfTokenOf(secret: string): string {
  return hash('sha256', `csrf ${secret}`, 'base64url')
}

/** @throws Refused invalid_request */
export function requireOwnPage(app: App, request: Request, secret: string): void {
  requireSameOrigin(consoleUrl(app), request)
  const sent = Buffer.from(request.get(CSRF_HEADER) ?? '')
  const expected = Buffer.from(csrfTokenOf(secret))
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected))
    throw invalidRequest(CSRF_HEADER, 'must be the csrf token of GET /console/session')
}

/**
 * The caller of an API call that the console makes: the signed-in person, with the scope of their role in the product.
 * @returns undefined if nobody is signed in
 * @throws Refused invalid_request; scope_required {required} if the person has no role in the product
 */
export async function findPerson(app: App, request: Request, required: string): Promise<Caller | undefined> {
  const session = await readSession(app, request)
  if (!session) return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') requireOwnPage(app, request, session.secret)
  const product = request.get(PRODUCT_HEADER)
  if (!product) throw invalidRequest(PRODUCT_HEADER, 'must name the product')
  const scope = app.policies.get(product) && roleIn(session.roles, product)
  if (!scope)
    throw new Refused({ code: 'scope_required', detail: 'You have no role in a product of this name.', required })
  return { product, key_id: session.person.id, key_name: 'console', scope, person: session.person }
}
