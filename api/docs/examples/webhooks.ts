import type { Example } from './example.ts'

const ENDPOINT = 'we_5e0b9a7d31c84f26b8d0c7e1'
const DELIVERY = '90210'
const ours = { id: ENDPOINT }

/** Webhook endpoints and their deliveries. */
export const webhookExamples: Example[] = [
  {
    operation: 'post /v1/webhook-endpoints',
    body: { url: 'https://hooks.example.com/lotkeeper', events: ['credits.granted', 'credits.expiring'] },
    status: 201,
    keep: { [ENDPOINT]: 'id' },
  },
  { operation: 'get /v1/webhook-endpoints', status: 200 },
  {
    operation: 'post /v1/webhook-endpoints/{id}/test',
    params: ours,
    status: 201,
    keep: { [DELIVERY]: 'id' },
  },
  {
    operation: 'get /v1/webhook-endpoints/{id}/deliveries',
    params: ours,
    query: { limit: '10' },
    status: 200,
  },
  {
    operation: 'post /v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver',
    params: { ...ours, delivery: DELIVERY },
    status: 200,
  },
  { operation: 'post /v1/webhook-endpoints/{id}/rotate-secret', params: ours, status: 200 },
  { operation: 'post /v1/webhook-endpoints/{id}/enable', params: ours, status: 200 },
  { operation: 'delete /v1/webhook-endpoints/{id}', params: ours, status: 204 },
]
