import { randomUUID } from 'node:crypto'
import { accountKey } from '../../db/accounts/account-key.ts'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import { deadlineOf, planReservation } from '../../domain/generations/reservation.ts'
import { anonymousContext } from '../../domain/policy/entitlements.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import { type Contender, contest } from '../measure/compare.ts'
import { type Row, throughputRow } from '../measure/results.ts'
import type { Plan } from '../plan.ts'
import { startChild } from '../processes/child.ts'
import { API_OPTIONS, startLotkeeper } from '../processes/start-lotkeeper.ts'
import { openAccounts } from '../setup/accounts.ts'
import { cannon, type Shot } from './load-generator.ts'

const ACCOUNTS = 1000
const request = { operation: 'image' }
const json = { 'content-type': 'application/json' }

/** The API's calls that need no workflow, beside an Express that does nothing but send one statement. */
export async function httpRows(config: AppConfig, policy: Policy, plan: Plan): Promise<Row[]> {
  const { key, accounts } = await prepare(config, policy)
  const api = await startLotkeeper(config, 'api')
  const bare = await startChild<{ url: string }>('http/baseline-server', [config.databaseUrl], API_OPTIONS)
  const headers = { authorization: `Bearer ${key}` }
  const post = (url: string, shot: () => Shot): Contender =>
    cannon({ url, method: 'POST', headers: { ...headers, ...json }, shot })
  const get = (url: string, shot: () => Shot): Contender => cannon({ url, method: 'GET', headers, shot })
  try {
    const charges = await contest(
      {
        ours: post(api.ready.url, () => chargeOf(oneOf(accounts))),
        bare: post(bare.ready.url, () => bareChargeOf(policy, oneOf(accounts))),
      },
      plan,
    )
    const balances = await contest(
      {
        ours: get(api.ready.url, () => ({ path: `/v1/accounts/${oneOf(accounts)}/balance` })),
        bare: get(bare.ready.url, () => ({ path: '/one' })),
      },
      plan,
    )
    return [
      throughputRow(
        { name: 'POST …/charges', against: 'Express + pg, same function', goal: 0.8 },
        charges.ours,
        charges.bare,
      ),
      throughputRow(
        { name: 'GET …/balance', against: 'Express + pg, select 1', goal: 0.8 },
        balances.ours,
        balances.bare,
      ),
    ]
  } finally {
    await bare.stop()
    await api.stop()
  }
}

async function prepare({ databaseUrl }: AppConfig, policy: Policy) {
  const db = connectDb(databaseUrl, 10)
  try {
    const { key } = await createKey(db, policy.product, { name: 'bench', scope: 'generate' })
    return { key, accounts: await openAccounts(db, policy, 'http', ACCOUNTS) }
  } finally {
    await db.end()
  }
}

function chargeOf(account: string): Shot {
  return {
    path: `/v1/accounts/${account}/charges`,
    headers: { 'idempotency-key': randomUUID() },
    body: JSON.stringify(request),
  }
}

function bareChargeOf(policy: Policy, account: string): Shot {
  const at = new Date()
  const generation = randomUUID()
  const act = {
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
  return { path: '/charge', body: JSON.stringify(act) }
}

function oneOf(accounts: string[]): string {
  return accounts[Math.floor(Math.random() * accounts.length)] as string
}
