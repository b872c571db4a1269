import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'
import { problemOf, statuses } from '../http/problems.ts'
import { problemShape } from '../http/shapes.ts'

/** Sample fields of the codes that have some. */
const fields: Partial<Record<RefusalCode, Record<string, unknown>>> = {
  insufficient_credits: { required: 200, available: 14, frozen: 0 },
  trial_exhausted: { limit: 3, used: 3 },
  scope_required: { required: 'manage' },
  invalid_request: {
    detail: 'outputs: must be at least 1',
    errors: [{ path: 'outputs', message: 'must be at least 1' }],
  },
  price_out_of_range: { minimum: 5, maximum: 50 },
  daily_limit_reached: { limit: 500, used: 500, resets_at: '2026-12-02T00:00:00.000Z' },
  fair_use_reached: { limit: 2000, used: 2000, resets_at: '2027-01-01T00:00:00.000Z' },
  concurrency_limit_reached: { limit: 8, used: 8 },
  too_many_requests: { retry_after: 2 },
}

/** A sample answer of every error code, which the operations refer to. */
export const errorExamples = Object.fromEntries(
  (Object.keys(refusalTitles) as RefusalCode[]).map(code => [
    code,
    {
      summary: refusalTitles[code],
      value: problemOf({ code, ...fields[code] }, 'req_5d0f7c1e', 'https://credits.example.com'),
    },
  ]),
)

/** The error answers of an operation, by status. `default` stands for what proxies add. */
export function errorResponses(codes: readonly RefusalCode[]): RouteConfig['responses'] {
  const known = [...new Set(codes.map(code => statuses[code]))].sort((a, b) => a - b)
  const byStatus = known.map(status => [status, errorResponse(codes.filter(code => statuses[code] === status))])
  return { ...Object.fromEntries(byStatus), default: errorResponse([]) }
}

function errorResponse(codes: RefusalCode[]) {
  const examples = Object.fromEntries(codes.map(code => [code, { $ref: `#/components/examples/${code}` }]))
  return {
    description: codes.map(code => `\`${code}\`: ${refusalTitles[code]}`).join(' ') || 'Another error; see code.',
    content: { 'application/problem+json': { schema: problemShape, ...(codes.length > 0 && { examples }) } },
  }
}
