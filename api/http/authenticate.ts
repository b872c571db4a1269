import type { Request } from 'express'
import { type Caller, findCaller, hasScope, type Scope } from '../../db/accounts/api-keys.ts'
import { Refused } from '../../domain/shared/refusals.ts'
import { findPerson } from '../console/session.ts'
import type { App } from './app.ts'

/**
 * Who makes a call: the owner of the key that it sends, or else the person who is signed in to the console.
 * @param required the scope of the call
 * @throws Refused unauthorized; what findPerson throws
 */
export async function authenticate(app: App, request: Request, required: Scope): Promise<Caller> {
  const authorization = request.get('authorization')
  const secret = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  const caller =
    authorization === undefined
      ? await findPerson(app, request, required)
      : secret && (await findCaller(app.db, secret))
  if (caller) return caller
  throw new Refused({ code: 'unauthorized', detail: 'Send "Authorization: Bearer <key>" with a valid key.' })
}

/** @throws Refused scope_required {required} */
export function requireScope(caller: Caller, required: Scope): void {
  if (hasScope(caller, required)) return
  const detail = caller.person
    ? `This needs the role ${required === 'admin' ? 'admin' : 'support'}; you have ${caller.scope}.`
    : `This call needs a key with the scope ${required}; this key has ${caller.scope}.`
  throw new Refused({ code: 'scope_required', detail, required })
}
