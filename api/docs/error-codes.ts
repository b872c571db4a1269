import type { RefusalCode } from '../../domain/shared/refusals.ts'
import type { Route } from '../http/route.ts'

/** Codes of a reservation and a charge: of the operation's price, and of the account's credits and limits. */
export const spendingCodes: RefusalCode[] = [
  'unknown_operation',
  'price_out_of_range',
  'insufficient_credits',
  'membership_required',
  'plan_required',
  'trial_exhausted',
  'daily_limit_reached',
  'fair_use_reached',
  'concurrency_limit_reached',
]

/** Codes of calls that reach a payment provider. */
export const providerCodes: RefusalCode[] = ['not_configured', 'provider_refused']

/** Codes that any call may answer, whatever it does. */
const ofEveryCall: RefusalCode[] = [
  'unauthorized',
  'invalid_request',
  'payload_too_large',
  'too_many_requests',
  'internal_error',
  'temporarily_unavailable',
]

/** Every error code that a call may answer: those that follow from its shape, and those that its definition lists. */
export function errorCodesOf(route: Route): RefusalCode[] {
  const { method, path, scope, query, requiresKey, refuses } = route
  const writes = method !== 'get'
  const ofAccount = path.includes('{account}')
  const namesAccount = 'account' in ((query as { shape?: object }).shape ?? {})
  const common: [applies: boolean, code: RefusalCode][] = [
    [scope !== 'read', 'scope_required'],
    [path.includes('{') || namesAccount, 'not_found'],
    [writes && ofAccount, 'account_closed'],
    [requiresKey, 'idempotency_key_required'],
    [method === 'post', 'idempotency_key_reused'],
  ]
  const applying = common.filter(([applies]) => applies).map(([, code]) => code)
  return [...new Set([...ofEveryCall, ...applying, ...refuses])]
}
