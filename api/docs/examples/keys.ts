import type { Example } from './example.ts'

const KEY = 'key_QkVTVFJFQURFUg'
const CLOCK = 'clock_8d2f4b6a0c1e3957d8f0a2b4'

/** Creates keys, test clocks and portal sessions. */
export const keyExamples: Example[] = [
  { operation: 'post /v1/keys', body: { name: 'image service', scope: 'generate' }, keep: { [KEY]: 'id' } },
  { operation: 'get /v1/keys' },
  { operation: 'delete /v1/keys/{id}', params: { id: KEY } },
  { operation: 'post /v1/test-clocks', body: { now: '2026-01-31T09:00:00Z' }, keep: { [CLOCK]: 'id' } },
  { operation: 'post /v1/test-clocks/{id}/advance', params: { id: CLOCK }, body: { to: '2026-02-28T09:00:00Z' } },
  { operation: 'post /v1/accounts/{account}/portal-sessions', body: {} },
]
