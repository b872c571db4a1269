import type { Example } from './example.ts'

const CODE_PURCHASE = 'pur_6b1f0a9d4c3e827558d7e9f2'
const ada = { account: 'ada' }

/** Sends, replaces, checks and redeems codes. */
export const codeExamples: Example[] = [
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
  // Codes appear in emails only, so no example has a valid one.
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
]
