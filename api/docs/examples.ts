import { supportExamples } from './support-examples.ts'
import { webhookExamples } from './webhook-examples.ts'

/** One request that works, for the documentation; a test sends all of them in this order. */
export type Example = {
  /** as in the OpenAPI document: `post /v1/accounts/{account}/grants` */
  operation: string
  /** what the product must sell or allow, where not every one does */
  of?: 'lifetime plans' | 'codes' | 'corrections' | 'compensations'
  /** of the key that asks; admin when left out */
  scope?: 'support'
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
  status: number
  /** ids that later examples use, with the place in the answer where they come from */
  keep?: Record<string, string>
}

const GENERATION = 'gen_5b0c7f0e2d914a6f8c3b2a1d'
const FAILED = 'gen_90d1c6b2a74f4e0c8b53f7aa'
const CANCELLED = 'gen_c2f7e8814b6a4d39a05e6d18'
const MEMBERSHIP = 'mem_3f1d9c75e0ab4826b7c41e9d'
const FIRST_LEGACY = 'mem_71a0f2c9d3b84e5fa6c8d412'
const SECOND_LEGACY = 'mem_e84b6c1f5a2d4790b3d7c056'
const PURCHASE = 'pur_2a6e9d0b8c7f415390ade6b1'
const LATE_PURCHASE = 'pur_d5c3b1a7908f4e62a7b4c9f0'
const FAULTY = 'gen_a7d4c0e19b2f48d6853e6f0c'
const CODE_PURCHASE = 'pur_6b1f0a9d4c3e827558d7e9f2'
const INVOICE = '2026-11-EUR'
const KEY = 'key_QkVTVFJFQURFUg'
const CLOCK = 'clock_8d2f4b6a0c1e3957d8f0a2b4'
const ada = { account: 'ada' }

const accounts: Example[] = [
  {
    operation: 'put /v1/accounts/{account}',
    params: ada,
    body: { email: 'ada@example.com', time_zone: 'Asia/Seoul' },
    status: 201,
  },
  {
    operation: 'post /v1/accounts/{account}/grants',
    params: ada,
    body: { source: 'purchased', amount: 100, reason: 'welcome' },
    status: 201,
  },
  { operation: 'get /v1/accounts/{account}', params: ada, status: 200 },
  { operation: 'get /v1/accounts/{account}/balance', params: ada, status: 200 },
  { operation: 'get /v1/accounts/{account}/lots', params: ada, query: { open: 'true' }, status: 200 },
  {
    operation: 'put /v1/accounts/{account}/limits',
    params: ada,
    body: { daily_limit: 500, concurrency: 8 },
    status: 200,
  },
]

const generations: Example[] = [
  { operation: 'get /v1/operations', query: ada, status: 200 },
  {
    operation: 'post /v1/accounts/{account}/quotes',
    params: ada,
    body: { operation: 'image', outputs: 4 },
    status: 200,
  },
  {
    operation: 'post /v1/accounts/{account}/generations',
    params: ada,
    body: { operation: 'image', outputs: 4, timeout_seconds: 600 },
    status: 201,
    keep: { [GENERATION]: 'id' },
  },
  {
    operation: 'post /v1/generations/{id}/complete',
    params: { id: GENERATION },
    body: { delivered: 3 },
    status: 200,
  },
  { operation: 'get /v1/generations/{id}', params: { id: GENERATION }, status: 200 },
  {
    operation: 'post /v1/accounts/{account}/generations',
    params: ada,
    body: { operation: 'image' },
    status: 201,
    keep: { [FAILED]: 'id' },
  },
  {
    operation: 'post /v1/generations/{id}/fail',
    params: { id: FAILED },
    body: { reason: 'the model gave up' },
    status: 200,
  },
  {
    operation: 'post /v1/accounts/{account}/generations',
    params: ada,
    body: { operation: 'text' },
    status: 201,
    keep: { [CANCELLED]: 'id' },
  },
  { operation: 'post /v1/generations/{id}/cancel', params: { id: CANCELLED }, body: {}, status: 200 },
  {
    operation: 'post /v1/accounts/{account}/charges',
    params: ada,
    body: { operation: 'text', outputs: 5 },
    status: 201,
  },
  { operation: 'get /v1/accounts/{account}/generations', params: ada, query: { limit: '10' }, status: 200 },
  {
    operation: 'get /v1/accounts/{account}/entries',
    params: ada,
    query: { operation: 'image' },
    status: 200,
  },
  {
    operation: 'get /v1/accounts/{account}/usage',
    params: ada,
    query: { group_by: 'operation' },
    status: 200,
  },
]

const memberships: Example[] = [
  {
    operation: 'post /v1/accounts/{account}/memberships',
    params: ada,
    body: { plan: 'membership' },
    status: 201,
    keep: { [MEMBERSHIP]: 'id' },
  },
  { operation: 'get /v1/accounts/{account}/memberships', params: ada, status: 200 },
  { operation: 'get /v1/memberships/{id}', params: { id: MEMBERSHIP }, status: 200 },
  {
    operation: 'post /v1/memberships/{id}/renew',
    params: { id: MEMBERSHIP },
    body: { paid_through: '2099-01-31T00:00:00Z' },
    status: 200,
  },
  {
    operation: 'post /v1/memberships/{id}/change',
    params: { id: MEMBERSHIP },
    body: { plan: 'enterprise' },
    status: 200,
  },
  { operation: 'post /v1/memberships/{id}/lapse', params: { id: MEMBERSHIP }, body: {}, status: 200 },
  {
    operation: 'post /v1/memberships/{id}/reactivate',
    params: { id: MEMBERSHIP },
    body: { paid_through: '2099-02-28T00:00:00Z' },
    status: 200,
  },
  {
    operation: 'post /v1/memberships/{id}/cancel',
    params: { id: MEMBERSHIP },
    body: { when: 'period_end' },
    status: 200,
  },
  { operation: 'put /v1/accounts/{account}', of: 'lifetime plans', params: ada, body: {}, status: 201 },
  {
    operation: 'post /v1/accounts/{account}/memberships',
    of: 'lifetime plans',
    params: ada,
    body: { plan: 'appsumo-tier-1' },
    status: 201,
    keep: { [FIRST_LEGACY]: 'id' },
  },
  {
    operation: 'post /v1/accounts/{account}/memberships',
    of: 'lifetime plans',
    params: ada,
    body: { plan: 'zsuite' },
    status: 201,
    keep: { [SECOND_LEGACY]: 'id' },
  },
  {
    operation: 'post /v1/memberships/combine',
    of: 'lifetime plans',
    body: { memberships: [FIRST_LEGACY, SECOND_LEGACY] },
    status: 200,
  },
]

const purchases: Example[] = [
  { operation: 'get /v1/packs', query: ada, status: 200 },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    params: ada,
    body: { pack: 'bulk', quantity: 3, provider: 'bank_transfer' },
    status: 201,
    keep: { [PURCHASE]: 'id' },
  },
  {
    operation: 'post /v1/purchases/{id}/payment',
    params: { id: PURCHASE },
    body: { reference: 'statement 2026-11-21, line 14' },
    status: 200,
  },
  { operation: 'get /v1/purchases/{id}', params: { id: PURCHASE }, status: 200 },
  { operation: 'get /v1/purchases', query: ada, status: 200 },
  {
    operation: 'post /v1/purchases/{id}/refund',
    params: { id: PURCHASE },
    body: { reason: 'bought twice' },
    status: 200,
  },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    params: ada,
    body: { pack: 'credits', provider: 'manual' },
    status: 201,
    keep: { [LATE_PURCHASE]: 'id' },
  },
  { operation: 'post /v1/purchases/{id}/missing', params: { id: LATE_PURCHASE }, body: {}, status: 200 },
  { operation: 'post /v1/purchases/{id}/reissue', params: { id: LATE_PURCHASE }, body: {}, status: 200 },
]

const codesAndInvoices: Example[] = [
  { operation: 'put /v1/accounts/{account}', of: 'codes', params: ada, body: {}, status: 201 },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    of: 'codes',
    params: ada,
    body: { pack: 'starter', provider: 'manual', buyer_email: 'ada@example.com' },
    status: 201,
    keep: { [CODE_PURCHASE]: 'id' },
  },
  {
    operation: 'post /v1/purchases/{id}/payment',
    of: 'codes',
    params: { id: CODE_PURCHASE },
    body: { reference: 'statement 2026-11-21, line 15' },
    status: 200,
  },
  {
    operation: 'post /v1/purchases/{id}/code/resend',
    of: 'codes',
    params: { id: CODE_PURCHASE },
    body: {},
    status: 200,
  },
  {
    operation: 'post /v1/purchases/{id}/code/replace',
    of: 'codes',
    params: { id: CODE_PURCHASE },
    body: { email: 'ada.lovelace@example.com' },
    status: 200,
  },
  // Codes are in letters only, so this one is of nobody: the answer is code_invalid.
  {
    operation: 'post /v1/codes/check',
    of: 'codes',
    body: { code: 'ABCD-EFGH-JKLM-NPQR' },
    status: 404,
  },
  {
    operation: 'post /v1/accounts/{account}/redemptions',
    of: 'codes',
    params: ada,
    body: { code: 'ABCD-EFGH-JKLM-NPQR' },
    status: 404,
  },
  { operation: 'put /v1/accounts/{account}', of: 'corrections', params: ada, body: {}, status: 201 },
  {
    operation: 'post /v1/accounts/{account}/memberships',
    of: 'corrections',
    params: ada,
    body: { plan: 'professional-plus', slots: 5 },
    status: 201,
  },
  {
    operation: 'post /v1/accounts/{account}/generations',
    of: 'corrections',
    params: ada,
    body: { operation: 'apply-changes', options: { background: true, logo: false } },
    status: 201,
    keep: { [FAULTY]: 'id' },
  },
  {
    operation: 'post /v1/generations/{id}/complete',
    of: 'corrections',
    params: { id: FAULTY },
    body: {},
    status: 200,
  },
  {
    operation: 'post /v1/generations/{id}/report-defect',
    of: 'corrections',
    params: { id: FAULTY },
    body: { reason: 'two shadows' },
    status: 200,
  },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    of: 'corrections',
    params: ada,
    body: { pack: 'professional-plus-small', provider: 'invoice' },
    status: 201,
  },
  {
    operation: 'get /v1/accounts/{account}/invoices',
    of: 'corrections',
    params: ada,
    status: 200,
    keep: { [INVOICE]: 'data.0.id' },
  },
  {
    operation: 'get /v1/accounts/{account}/invoices/{invoice}',
    of: 'corrections',
    params: { ...ada, invoice: INVOICE },
    status: 200,
  },
]

const keysAndClocks: Example[] = [
  {
    operation: 'post /v1/keys',
    body: { name: 'image service', scope: 'generate' },
    status: 201,
    keep: { [KEY]: 'id' },
  },
  { operation: 'get /v1/keys', status: 200 },
  { operation: 'delete /v1/keys/{id}', params: { id: KEY }, status: 204 },
  {
    operation: 'post /v1/test-clocks',
    body: { now: '2026-01-31T09:00:00Z' },
    status: 201,
    keep: { [CLOCK]: 'id' },
  },
  {
    operation: 'post /v1/test-clocks/{id}/advance',
    params: { id: CLOCK },
    body: { to: '2026-02-28T09:00:00Z' },
    status: 200,
  },
  { operation: 'post /v1/accounts/{account}/portal-sessions', params: ada, body: {}, status: 201 },
]

/** Every operation with at least one request that works, in an order in which they work. */
export const examples: Example[] = [
  ...accounts,
  ...generations,
  ...memberships,
  ...purchases,
  ...codesAndInvoices,
  ...supportExamples,
  ...keysAndClocks,
  ...webhookExamples,
]
