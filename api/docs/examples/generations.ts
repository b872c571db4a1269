import type { Example } from './example.ts'

const GENERATION = 'gen_5b0c7f0e2d914a6f8c3b2a1d'
const FAILED = 'gen_90d1c6b2a74f4e0c8b53f7aa'
const CANCELLED = 'gen_c2f7e8814b6a4d39a05e6d18'
const ada = { account: 'ada' }

/** Reserves, settles and lists generations. */
export const generationExamples: Example[] = [
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
