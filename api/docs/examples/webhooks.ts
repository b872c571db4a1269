import type { Example } from './example.ts'

const ENDPOINT = 'we_5e0b9a7d31c84f26b8d0c7e1'
const DELIVERY = '90210'
const ours = { id: ENDPOINT }

/** Webhook endpoints and their deliveries. */
export const webhookExamples: Example[] = [
  {
    operation: 'post /v1/webhook-endpoints',
    body: { url: 'https://hooks.example.com/lotkeeper', events: ['credits.granted', 'credits.expiring'] },
    keep: { [ENDPOINT]: 'id' },
  },
  { operation: 'get /v1/webhook-endpoints' },
  { operation: 'post /v1/webhook-endpoints/{id}/test', params: ours, keep: { [DELIVERY]: 'id' } },
  { operation: 'get /v1/webhook-endpoints/{id}/deliveries', params: ours, query: { limit: '10' } },
  {
    operation: 'post /v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver',
    params: { ...ours, delivery: DELIVERY },
  },
  { operation: 'post /v1/webhook-endpoints/{id}/rotate-secret', params: ours },
  { operation: 'post /v1/webhook-endpoints/{id}/enable', params: ours },
  { operation: 'delete /v1/webhook-endpoints/{id}', params: ours },
]
