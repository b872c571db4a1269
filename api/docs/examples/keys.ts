import type { Example } from './example.ts'

const KEY = 'key_QkVTVFJFQURFUg'
const CLOCK = 'clock_8d2f4b6a0c1e3957d8f0a2b4'
const ada = { account: 'ada' }

/** Creates keys, test clocks and portal sessions. */
export const keyExamples: Example[] = [
  {
    operation: 'post /v1/keys',
    body: { name: 'image service', scope: 'generate' },
    status: 201,
    keep: { [KEY]: 'id' },
  },
  { operation: 'get /v1/keys', status: 200 },
  { operation: 'delete /v1/keys/{id}', params: { id: KEY }, status: 204 },
  {
    operation: 'post /v1/test-clocks',
    body: { now: '2026-01-31T09:00:00Z' },
    status: 201,
    keep: { [CLOCK]: 'id' },
  },
  {
    operation: 'post /v1/test-clocks/{id}/advance',
    params: { id: CLOCK },
    body: { to: '2026-02-28T09:00:00Z' },
    status: 200,
  },
  { operation: 'post /v1/accounts/{account}/portal-sessions', params: ada, body: {}, status: 201 },
]
