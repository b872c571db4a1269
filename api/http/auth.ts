import { type Caller, findCaller, type Scope, scopes } from '../../db/accounts/api-keys.ts'
import type { Db } from '../../db/core/command.ts'
import { Refused } from '../../domain/shared/refusals.ts'

/** @throws Refused unauthorized */
export async function authenticate(db: Db, authorization: string | undefined): Promise<Caller> {
  const secret = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  const caller = secret && (await findCaller(db, secret))
  if (caller) return caller
  throw new Refused({ code: 'unauthorized', detail: 'Send "Authorization: Bearer <key>" with a valid key.' })
}

/** @throws Refused scope_required {required} */
export function requireScope({ scope }: Caller, required: Scope): void {
  if (scopes.indexOf(scope) >= scopes.indexOf(required)) return
  throw new Refused({
    code: 'scope_required',
    detail: `This call needs a key with the scope ${required}; this key has ${scope}.`,
    required,
  })
}
