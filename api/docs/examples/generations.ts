import type { Example } from './example.ts'

const GENERATION = 'gen_5b0c7f0e2d914a6f8c3b2a1d'
const FAILED = 'gen_90d1c6b2a74f4e0c8b53f7aa'
const CANCELLED = 'gen_c2f7e8814b6a4d39a05e6d18'
const CHAT = 'gen_3e9a4cb1d7f04b52a6c80f95'
const ada = { account: 'ada' }

/** Reserves, settles and lists generations. */
export const generationExamples: Example[] = [
  { operation: 'get /v1/operations', query: ada },
  { operation: 'post /v1/accounts/{account}/quotes', body: { operation: 'image', outputs: 4 } },
  {
    operation: 'post /v1/accounts/{account}/generations',
    body: { operation: 'image', outputs: 4, timeout_seconds: 600 },
    keep: { [GENERATION]: 'id' },
  },
  { operation: 'post /v1/generations/{id}/complete', params: { id: GENERATION }, body: { delivered: 3 } },
  { operation: 'get /v1/generations/{id}', params: { id: GENERATION } },
  { operation: 'post /v1/accounts/{account}/generations', body: { operation: 'image' }, keep: { [FAILED]: 'id' } },
  { operation: 'post /v1/generations/{id}/fail', params: { id: FAILED }, body: { reason: 'the model gave up' } },
  { operation: 'post /v1/accounts/{account}/generations', body: { operation: 'text' }, keep: { [CANCELLED]: 'id' } },
  { operation: 'post /v1/generations/{id}/cancel', params: { id: CANCELLED }, body: {} },
  { operation: 'post /v1/accounts/{account}/charges', body: { operation: 'text', outputs: 5 } },
  {
    operation: 'post /v1/accounts/{account}/generations',
    body: { operation: 'chat', usage_estimate: { input_tokens: 2000, output_tokens: 1000 } },
    keep: { [CHAT]: 'id' },
  },
  {
    operation: 'post /v1/generations/{id}/extend',
    params: { id: CHAT },
    body: { timeout_seconds: 1800, usage: { input_tokens: 1200, output_tokens: 100 } },
  },
  {
    operation: 'post /v1/generations/{id}/complete',
    params: { id: CHAT },
    body: { usage: { input_tokens: 1200, output_tokens: 450 } },
  },
  { operation: 'get /v1/accounts/{account}/generations', query: { limit: '10' } },
  { operation: 'get /v1/accounts/{account}/entries', query: { operation: 'image' } },
  { operation: 'get /v1/accounts/{account}/usage', query: { group_by: 'operation' } },
]

const DEFECTIVE = 'gen_a7d4c0e19b2f48d6853e6f0c'
const INVOICE = '2026-11-EUR'

/** Reports a defect and pays by invoice. */
export const defectExamples: Example[] = [
  { operation: 'put /v1/accounts/{account}', body: {} },
  { operation: 'post /v1/accounts/{account}/memberships', body: { plan: 'professional-plus', slots: 5 } },
  {
    operation: 'post /v1/accounts/{account}/generations',
    body: { operation: 'apply-changes', options: { background: true, logo: false } },
    keep: { [DEFECTIVE]: 'id' },
  },
  { operation: 'post /v1/generations/{id}/complete', params: { id: DEFECTIVE }, body: {} },
  {
    operation: 'post /v1/generations/{id}/report-defect',
    params: { id: DEFECTIVE },
    body: { reason: 'two shadows', items: [0] },
  },
  { operation: 'get /v1/accounts/{account}/defects' },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    body: { pack: 'professional-plus-small', provider: 'invoice' },
  },
  { operation: 'get /v1/accounts/{account}/invoices', keep: { [INVOICE]: 'data.0.id' } },
  { operation: 'get /v1/accounts/{account}/invoices/{invoice}', params: { invoice: INVOICE } },
  {
    operation: 'put /v1/accounts/{account}/billing-details',
    body: { name: 'Ada Ltd', address: ['2 Example Lane', 'London N1 9GU', 'United Kingdom'], tax_id: 'GB123456789' },
  },
  { operation: 'get /v1/accounts/{account}/billing-details' },
  // The month is not over, so it is no invoice yet.
  {
    operation: 'post /v1/accounts/{account}/invoices/{invoice}/payment',
    params: { invoice: INVOICE },
    body: { reference: 'statement 2026-12-01, line 3' },
    refusal: 'invalid_request',
  },
]
