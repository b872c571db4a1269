import type { Example } from './example.ts'

const CODE_PURCHASE = 'pur_6b1f0a9d4c3e827558d7e9f2'
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
