import type { Example } from './example.ts'

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
  {
    operation: 'post /v1/accounts/{account}/purchases',
    body: { pack: 'professional-plus-small', provider: 'invoice' },
  },
  { operation: 'get /v1/accounts/{account}/invoices', keep: { [INVOICE]: 'data.0.id' } },
  { operation: 'get /v1/accounts/{account}/invoices/{invoice}', params: { invoice: INVOICE } },
]
