import type { Example } from './example.ts'

/** Creates the account that the other examples use. */
export const accountExamples: Example[] = [
  { operation: 'put /v1/accounts/{account}', body: { email: 'ada@example.com', time_zone: 'Asia/Seoul' } },
  { operation: 'post /v1/accounts/{account}/grants', body: { source: 'purchased', amount: 100, reason: 'welcome' } },
  { operation: 'get /v1/accounts/{account}' },
  { operation: 'get /v1/accounts/{account}/balance' },
  { operation: 'get /v1/accounts/{account}/lots', query: { open: 'true' } },
  { operation: 'put /v1/accounts/{account}/limits', body: { daily_limit: 500, concurrency: 8 } },
]

const KEY = 'key_QkVTVFJFQURFUg'
const CLOCK = 'clock_8d2f4b6a0c1e3957d8f0a2b4'

/** Creates keys, test clocks and portal sessions. */
export const keyExamples: Example[] = [
  { operation: 'post /v1/keys', body: { name: 'image service', scope: 'generate' }, keep: { [KEY]: 'id' } },
  { operation: 'get /v1/keys' },
  { operation: 'delete /v1/keys/{id}', params: { id: KEY } },
  { operation: 'post /v1/test-clocks', body: { now: '2026-01-31T09:00:00Z' }, keep: { [CLOCK]: 'id' } },
  { operation: 'post /v1/test-clocks/{id}/advance', params: { id: CLOCK }, body: { to: '2026-02-28T09:00:00Z' } },
  {
    operation: 'post /v1/accounts/{account}/portal-sessions',
    body: { return_url: 'https://app.example.com/settings' },
  },
]

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
