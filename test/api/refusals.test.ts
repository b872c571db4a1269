import { problemOf, refusalOf, statuses } from '../../api/http/problems.ts'
import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'

// The codes of refusals, in the order of the contract.
const listed: [code: RefusalCode, status: number][] = [
  ['insufficient_credits', 402],
  ['membership_required', 403],
  ['scope_required', 403],
  ['not_found', 404],
  ['code_invalid', 404],
  ['already_settled', 409],
  ['code_already_redeemed', 409],
  ['code_replaced', 409],
  ['code_refunded', 409],
  ['refund_not_offered', 409],
  ['refund_window_passed', 409],
  ['refund_used', 409],
  ['account_closed', 409],
  ['trial_used', 409],
  ['plan_required', 409],
  ['not_configured', 409],
  ['transfer_not_allowed', 409],
  ['idempotency_in_progress', 409],
  ['invalid_request', 422],
  ['unknown_operation', 422],
  ['price_out_of_range', 422],
  ['quantity_not_offered', 422],
  ['idempotency_key_reused', 422],
  ['daily_limit_reached', 429],
  ['fair_use_reached', 429],
  ['concurrency_limit_reached', 429],
  ['trial_exhausted', 403],
  ['too_many_requests', 429],
  ['temporarily_unavailable', 503],
]

// Codes of other errors.
const others: [code: RefusalCode, status: number][] = [
  ['unauthorized', 401],
  ['idempotency_key_required', 400],
  ['payload_too_large', 413],
  ['provider_refused', 502],
  ['approval_decided', 409],
  ['payment_settled', 409],
  ['internal_error', 500],
]

test.each([...listed, ...others])('%s is answered with %i', (code, status) => {
  expect(problemOf({ code }, 'r-1')).toEqual({
    type: `/problems/${code.replaceAll('_', '-')}`,
    title: refusalTitles[code],
    status,
    code,
    request_id: 'r-1',
    detail: expect.stringMatching(/^[A-Z"].+\.$/),
  })
})

test('a problem names its page, and the first field that is wrong', () => {
  const errors = [{ path: 'outputs', message: 'must be at least 1' }]
  expect(problemOf({ code: 'invalid_request', errors }, 'r-1', 'https://credits.example.com')).toMatchObject({
    doc_url: 'https://credits.example.com/problems/invalid-request',
    param: 'outputs',
  })
  expect(
    problemOf({ code: 'invalid_request', errors: [{ path: '(body)', message: 'must be JSON' }] }),
  ).not.toHaveProperty('param')
})

test('every code is in the contract', () => {
  expect(statuses).toEqual(Object.fromEntries([...listed, ...others]))
})

test('a refusal has the fields of its code, and the request id of the API', () => {
  const refusal = {
    code: 'insufficient_credits',
    required: 5,
    available: 2,
    frozen: 1,
    request_id: 'theirs',
  } as const
  expect(problemOf(refusal, 'r-1')).toMatchObject({
    code: 'insufficient_credits',
    required: 5,
    available: 2,
    frozen: 1,
    request_id: 'r-1',
  })
})

test.each([
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated due to connection timeout',
  'Connection terminated unexpectedly',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
])("the driver's error %s is an outage", message => {
  expect(refusalOf(new Error(message))).toEqual({ code: 'temporarily_unavailable' })
})
