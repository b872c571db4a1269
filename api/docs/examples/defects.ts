import type { Example } from './example.ts'

const DEFECTIVE = 'gen_a7d4c0e19b2f48d6853e6f0c'
const INVOICE = '2026-11-EUR'
const ada = { account: 'ada' }

/** Reports a defect and pays by invoice. */
export const defectExamples: Example[] = [
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
    keep: { [DEFECTIVE]: 'id' },
  },
  {
    operation: 'post /v1/generations/{id}/complete',
    of: 'corrections',
    params: { id: DEFECTIVE },
    body: {},
    status: 200,
  },
  {
    operation: 'post /v1/generations/{id}/report-defect',
    of: 'corrections',
    params: { id: DEFECTIVE },
    body: { reason: 'two shadows', items: [0] },
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
