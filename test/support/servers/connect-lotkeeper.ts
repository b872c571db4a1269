import { Client, Connection } from '@temporalio/client'
import { timeOf } from '../../../db/accounts/accounts.ts'
import { createKey, type Scope, scopes } from '../../../db/accounts/api-keys.ts'
import { accountsAfter } from '../../../db/audits/audits.ts'
import { readLedgerSnapshot } from '../../../db/audits/ledger-snapshot.ts'
import type { Db } from '../../../db/core/command.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { audit } from '../../../domain/audits/audit.ts'
import type { AppConfig } from '../../../platform/config.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import { type Caller, caller } from '../clients/caller.ts'

/** A running API and worker, with what a test needs to use them. */
export type Lotkeeper = {
  url: string
  config: AppConfig
  /** by product and scope */
  keys: Record<string, Record<Scope, string>>
  db: Db
  taskQueue: string
  temporalAddress: string
  /** a client of Temporal; its connection opens with the first call */
  temporal: Client
  /** A caller of the API with the key of a product and scope. */
  as(product: string, scope?: Scope): Caller
  /** A caller with a key of its own. */
  with(key: string): Caller
  stop(): Promise<void>
}

/** Creates keys for each product and scope. Its stop closes the connections to the database and Temporal. */
export async function connectLotkeeper(url: string, config: AppConfig, databaseUrl: string): Promise<Lotkeeper> {
  const db = connectDb(databaseUrl, 4)
  const keys = await makeKeys(db, config)
  const connection = Connection.lazy({ address: config.temporalAddress })
  return {
    url,
    config,
    keys,
    db,
    taskQueue: config.temporalTaskQueue,
    temporalAddress: config.temporalAddress,
    temporal: new Client({ connection }),
    with: key => caller(url, key),
    as: (product, scope = 'admin') => caller(url, keys[product]?.[scope] ?? ''),
    stop: async () => {
      await Promise.all([db.end(), connection.close()])
    },
  }
}

async function makeKeys(db: Db, config: AppConfig) {
  const keys: Record<string, Record<Scope, string>> = {}
  for (const product of readPolicies(config.policiesDir).keys()) {
    const own = {} as Record<Scope, string>
    for (const scope of scopes) own[scope] = (await createKey(db, product, { name: `test-${scope}`, scope })).key
    keys[product] = own
  }
  return keys
}

/** Accounts of each product that are audited at the end: enough to find a wrong rule. */
const AUDITED = 25

/**
 * Verifies a ledger, and audits some accounts of each product by the product's policy.
 * @param others names of accounts to skip
 * @returns inconsistencies and findings, which a test must not leave
 */
export async function checkLedger(
  databaseUrl: string,
  config: AppConfig,
  others = new Set<string>(),
): Promise<object[]> {
  const db = connectDb(databaseUrl, 1, { statementSeconds: 300 })
  try {
    const found: object[] = (await verify(db)).filter(({ account }) => !others.has(account))
    for (const [product, policy] of readPolicies(config.policiesDir)) {
      const accounts = await accountsAfter(db, product, null, AUDITED + others.size)
      for (const account of accounts.filter(one => !others.has(one.account)).slice(0, AUDITED)) {
        const snapshot = await readLedgerSnapshot(db, account.account_key)
        const { findings } = audit(policy, snapshot, timeOf(account, new Date()).toISOString())
        found.push(...findings.map(finding => ({ account: account.account, ...finding })))
      }
    }
    return found
  } finally {
    await db.end()
  }
}
