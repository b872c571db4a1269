import { randomUUID } from 'node:crypto'
import { accountKey } from '../../db/accounts/account-key.ts'
import { deadlineOf, planReservation } from '../../domain/generations/reservation.ts'
import { anonymousContext } from '../../domain/policy/entitlements.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import { type Candidate, compare } from '../measure/compare.ts'
import { sample } from '../measure/load.ts'
import { type Result, throughput } from '../measure/results.ts'
import { API_OPTIONS } from '../processes/child.ts'
import type { Bench } from '../setup/bench.ts'
import { httpLoad, type RequestParts } from './load-generator.ts'

const ACCOUNTS = 1000
const request = { operation: 'image' }
const json = { 'content-type': 'application/json' }

/** API calls that need no workflow, compared with an Express server that only sends one statement. */
export async function benchmarkHttp(bench: Bench): Promise<Result[]> {
  const { config, policy, plan } = bench
  const { key, accounts } = await bench.createAccounts('http', ACCOUNTS)
  const api = await bench.startLotkeeper('api')
  const baseline = await bench.startChild<{ url: string }>('http/baseline-server', [config.databaseUrl], API_OPTIONS)
  const headers = { authorization: `Bearer ${key}` }
  const post = (url: string, nextRequest: () => RequestParts): Candidate =>
    httpLoad({ url, method: 'POST', headers: { ...headers, ...json }, nextRequest })
  const get = (url: string, nextRequest: () => RequestParts): Candidate =>
    httpLoad({ url, method: 'GET', headers, nextRequest })
  const charges = await compare(
    {
      ours: post(api.ready.url, () => chargeRequest(sample(accounts))),
      baseline: post(baseline.ready.url, () => baselineChargeRequest(policy, sample(accounts))),
    },
    plan,
  )
  const balances = await compare(
    {
      ours: get(api.ready.url, () => ({ path: `/v1/accounts/${sample(accounts)}/balance` })),
      baseline: get(baseline.ready.url, () => ({ path: '/one' })),
    },
    plan,
  )
  return [
    throughput(
      { name: 'POST …/charges', against: 'Express + pg, same function', goal: 0.8 },
      charges.ours,
      charges.baseline,
    ),
    throughput(
      { name: 'GET …/balance', against: 'Express + pg, select 1', goal: 0.8 },
      balances.ours,
      balances.baseline,
    ),
  ]
}

function chargeRequest(account: string): RequestParts {
  return {
    path: `/v1/accounts/${account}/charges`,
    headers: { 'idempotency-key': randomUUID() },
    body: JSON.stringify(request),
  }
}

function baselineChargeRequest(policy: Policy, account: string): RequestParts {
  const at = new Date()
  const generation = randomUUID()
  const command = {
    ...planReservation(policy, request, anonymousContext(at)),
    concurrency: null,
    account: accountKey(policy.product, account),
    key: `charge/${generation}`,
    fingerprint: generation,
    at,
    product: policy.product,
    generation,
    operation: request.operation,
    deadline: deadlineOf(policy, request, at),
    request,
    api_key: 'bench',
  }
  return { path: '/charge', body: JSON.stringify(command) }
}
