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
