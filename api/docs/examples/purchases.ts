import type { Example } from './example.ts'

const PURCHASE = 'pur_2a6e9d0b8c7f415390ade6b1'
const LATE_PURCHASE = 'pur_d5c3b1a7908f4e62a7b4c9f0'
const MANUAL_REFUND = 'att_9b1f04c7e2d85a630c4e7f12'
const LATE = 'att_51d7a2e8c06b4f93ad20be74'
const ada = { account: 'ada' }
/** Payments that a provider reported and that fit no purchase. */
export const PAYMENTS = ['pi_3QmK2eLkdIwHu7ix1VxkJq4d', 'pi_3QmK5xLkdIwHu7ix0aTzWp8c'] as const

/** Buys, pays, refunds and reissues. */
export const purchaseExamples: Example[] = [
  { operation: 'get /v1/packs', query: ada },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    body: { pack: 'bulk', quantity: 3, provider: 'bank_transfer' },
    keep: { [PURCHASE]: 'id' },
  },
  {
    operation: 'post /v1/purchases/{id}/payment',
    params: { id: PURCHASE },
    body: { reference: 'statement 2026-11-21, line 14' },
  },
  { operation: 'get /v1/purchases/{id}', params: { id: PURCHASE } },
  { operation: 'get /v1/purchases', query: ada },
  {
    operation: 'post /v1/purchases/search',
    scope: 'support',
    body: { reference: 'statement 2026-11-21, line 14' },
  },
  { operation: 'post /v1/purchases/{id}/refund', params: { id: PURCHASE }, body: { reason: 'bought twice' } },
  {
    operation: 'get /v1/attention',
    scope: 'support',
    query: { account: 'ada', kind: 'manual_refund' },
    keep: { [MANUAL_REFUND]: 'data.0.id' },
  },
  {
    operation: 'post /v1/attention/{id}/acknowledge',
    scope: 'support',
    params: { id: MANUAL_REFUND },
    body: { reason: 'transferred back' },
  },
  { operation: 'post /v1/purchases/{id}/acknowledge', params: { id: PURCHASE }, body: { reason: 'transferred back' } },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    body: { pack: 'credits', provider: 'manual' },
    keep: { [LATE_PURCHASE]: 'id' },
  },
  { operation: 'get /v1/purchases/{id}/refund', scope: 'support', params: { id: PURCHASE } },
  { operation: 'post /v1/purchases/{id}/missing', params: { id: LATE_PURCHASE }, body: {} },
  {
    operation: 'get /v1/attention',
    scope: 'support',
    query: { account: 'ada', kind: 'credits_late' },
    keep: { [LATE]: 'data.0.id' },
  },
  { operation: 'post /v1/attention/{id}/retry', scope: 'support', params: { id: LATE }, body: {} },
  { operation: 'post /v1/purchases/{id}/reissue', params: { id: LATE_PURCHASE }, body: {} },
  { operation: 'get /v1/unassigned-payments', scope: 'support' },
  {
    operation: 'post /v1/unassigned-payments/{payment}/assign',
    scope: 'support',
    params: { payment: PAYMENTS[0] },
    body: { account: 'ada', pack: 'credits', reason: 'paid by a link without metadata' },
  },
  {
    operation: 'post /v1/unassigned-payments/{payment}/dismiss',
    scope: 'support',
    params: { payment: PAYMENTS[1] },
    body: { reason: 'refunded by hand' },
  },
]

const CODE_PURCHASE = 'pur_6b1f0a9d4c3e827558d7e9f2'
const UNSENT_PURCHASE = 'pur_0f9e8d7c6b5a493827160abc'
const UNKNOWN_CODE = { code: 'ABCD-EFGH-JKLM-NPQR' }

/** Sends, replaces, checks and redeems codes. */
export const codeExamples: Example[] = [
  { operation: 'put /v1/accounts/{account}', body: {} },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    body: { pack: 'starter', provider: 'manual', buyer_email: 'ada@example.com' },
    keep: { [CODE_PURCHASE]: 'id' },
  },
  {
    operation: 'post /v1/purchases/{id}/payment',
    params: { id: CODE_PURCHASE },
    body: { reference: 'statement 2026-11-21, line 15' },
  },
  {
    operation: 'post /v1/accounts/{account}/purchases',
    body: { pack: 'starter', provider: 'manual' },
    keep: { [UNSENT_PURCHASE]: 'id' },
  },
  {
    operation: 'post /v1/purchases/{id}/payment',
    params: { id: UNSENT_PURCHASE },
    body: { reference: 'statement 2026-11-21, line 16' },
  },
  {
    operation: 'post /v1/purchases/{id}/code/address',
    params: { id: UNSENT_PURCHASE },
    body: { email: 'ada@example.com' },
  },
  { operation: 'post /v1/purchases/{id}/code/resend', params: { id: CODE_PURCHASE }, body: {} },
  {
    operation: 'post /v1/purchases/{id}/code/replace',
    params: { id: CODE_PURCHASE },
    body: { email: 'ada.lovelace@example.com' },
  },
  // Codes appear in emails only, so no example has a valid one.
  { operation: 'post /v1/codes/check', body: UNKNOWN_CODE, refusal: 'code_invalid' },
  { operation: 'post /v1/accounts/{account}/redemptions', body: UNKNOWN_CODE, refusal: 'code_invalid' },
]
