import type { Example } from './example.ts'

const ada = { account: 'ada' }

/** Creates the account that the other examples use. */
export const accountExamples: Example[] = [
  {
    operation: 'put /v1/accounts/{account}',
    params: ada,
    body: { email: 'ada@example.com', time_zone: 'Asia/Seoul' },
    status: 201,
  },
  {
    operation: 'post /v1/accounts/{account}/grants',
    params: ada,
    body: { source: 'purchased', amount: 100, reason: 'welcome' },
    status: 201,
  },
  { operation: 'get /v1/accounts/{account}', params: ada, status: 200 },
  { operation: 'get /v1/accounts/{account}/balance', params: ada, status: 200 },
  { operation: 'get /v1/accounts/{account}/lots', params: ada, query: { open: 'true' }, status: 200 },
  {
    operation: 'put /v1/accounts/{account}/limits',
    params: ada,
    body: { daily_limit: 500, concurrency: 8 },
    status: 200,
  },
]
