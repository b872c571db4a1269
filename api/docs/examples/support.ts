import type { Example } from './example.ts'

const APPROVAL = 'appr_4c1d7e90b2a856f3d0e9c7b1'
const DECLINED = 'appr_a90b3f6c1e27d845b0c9e3f2'
const AUDIT = 'aud_7be2c01d94f5a863e1b0d7c2'
const CAMPAIGN = 'camp_9f0e2b7c41d85a36e7b0c9d4'
const IMPORT = 'imp_5d0c7a1e94b2f638d1c0e7a9'
const eve = { account: 'eve' }
const supported = { of: 'compensations' } as const

/** Compensations, audits, campaigns, imports and the activity log. */
export const supportExamples: Example[] = [
  { ...supported, operation: 'put /v1/accounts/{account}', params: eve, body: {} },
  {
    ...supported,
    operation: 'post /v1/accounts/{account}/compensations',
    params: eve,
    body: { lost: 25, cause: 'technical-failure', multiplier: 3, reason: 'a video that never came' },
  },
  {
    ...supported,
    scope: 'support',
    operation: 'post /v1/accounts/{account}/compensations',
    params: eve,
    body: { lost: 400, cause: 'wrong-deduction' },
    keep: { [APPROVAL]: 'approval' },
  },
  { ...supported, operation: 'get /v1/accounts/{account}/emails', params: eve },
  { ...supported, operation: 'get /v1/search', query: { q: 'eve' } },
  { ...supported, operation: 'get /v1/accounts', query: { status: 'open', limit: '10' } },
  { ...supported, operation: 'get /v1/reports/{report}', params: { report: 'usage' }, query: { from: '2026-01' } },
  { ...supported, operation: 'get /v1/health' },
  { ...supported, operation: 'get /v1/policy' },
  { ...supported, operation: 'post /v1/policy/diff', body: { yaml: 'product: draft' }, refusal: 'invalid_request' },
  {
    ...supported,
    scope: 'support',
    operation: 'post /v1/accounts/{account}/grants/preview',
    params: eve,
    body: { source: 'bonus', amount: 100, reason: 'a gift' },
  },
  {
    ...supported,
    scope: 'support',
    operation: 'post /v1/accounts/{account}/compensations/preview',
    params: eve,
    body: { lost: 25, cause: 'technical-failure', multiplier: 3 },
  },
  {
    ...supported,
    scope: 'support',
    operation: 'post /v1/accounts/{account}/adjustments/preview',
    params: eve,
    body: { source: 'bonus', amount: -5, reason: 'counted twice' },
  },
  { ...supported, operation: 'get /v1/approvals' },
  { ...supported, operation: 'get /v1/approvals/{approval}', params: { approval: APPROVAL } },
  {
    ...supported,
    operation: 'post /v1/approvals/{approval}/approve',
    params: { approval: APPROVAL },
  },
  {
    ...supported,
    scope: 'support',
    operation: 'post /v1/accounts/{account}/compensations',
    params: eve,
    body: { lost: 900, cause: 'wrong-deduction' },
    keep: { [DECLINED]: 'approval' },
  },
  {
    ...supported,
    operation: 'post /v1/approvals/{approval}/decline',
    params: { approval: DECLINED },
    body: { reason: 'the generations were delivered' },
  },
  {
    ...supported,
    operation: 'post /v1/accounts/{account}/adjustments',
    params: eve,
    body: { source: 'bonus', amount: -5, reason: 'counted twice' },
  },
  {
    ...supported,
    operation: 'post /v1/accounts/{account}/audits',
    params: eve,
    body: { reason: 'a customer misses credits' },
    keep: { [AUDIT]: 'id' },
  },
  { ...supported, operation: 'get /v1/audits/{id}', params: { id: AUDIT } },
  { ...supported, operation: 'get /v1/accounts/{account}/audits', params: eve },
  {
    ...supported,
    operation: 'post /v1/audits/{id}/restore',
    params: { id: AUDIT },
    body: { reason: 'it was not counted twice' },
  },
  {
    operation: 'post /v1/campaigns',
    body: {
      name: 'spring',
      source: 'promotional',
      amount: 20,
      validity: 'P30D',
      audience: 'all',
      window: { until: '2099-05-01T00:00:00Z' },
    },
    keep: { [CAMPAIGN]: 'id' },
  },
  { operation: 'get /v1/campaigns' },
  { operation: 'post /v1/campaigns/{id}/pause', params: { id: CAMPAIGN } },
  { operation: 'get /v1/campaigns/{id}', params: { id: CAMPAIGN } },
  { operation: 'post /v1/campaigns/{id}/resume', params: { id: CAMPAIGN } },
  {
    operation: 'post /v1/imports',
    body: {
      as_of: '2026-11-20T00:00:00Z',
      apply: true,
      lots: [
        {
          id: 'lot-17',
          account: 'ivy',
          source: 'purchased',
          amount: 40,
          granted: 100,
          granted_at: '2026-08-20T09:00:00Z',
        },
      ],
    },
    keep: { [IMPORT]: 'id' },
  },
  { operation: 'get /v1/imports/{id}', params: { id: IMPORT } },
  { ...supported, operation: 'get /v1/accounts/{account}/activity', params: eve },
  { ...supported, operation: 'delete /v1/accounts/{account}', params: eve },
]
