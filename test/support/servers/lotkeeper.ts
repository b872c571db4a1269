import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { startApi } from '../../../api/start.ts'
import { timeOf } from '../../../db/accounts/accounts.ts'
import { createKey, type Scope, scopes } from '../../../db/accounts/api-keys.ts'
import { accountsAfter } from '../../../db/audits/audits.ts'
import { readLedgerSnapshot } from '../../../db/audits/ledger-snapshot.ts'
import type { Db } from '../../../db/core/command.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { audit } from '../../../domain/audits/audit.ts'
import { type AppConfig, readConfig } from '../../../platform/config.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import { startWorker } from '../../../worker/start.ts'
import { createDatabase, temporalAddress, workflowBundle } from '../run/servers.ts'

export type Lotkeeper = {
  url: string
  config: AppConfig
  /** by product and scope */
  keys: Record<string, Record<Scope, string>>
  db: Db
  taskQueue: string
  temporalAddress: string
  /** A caller of the API with the key of a product and scope. */
  as(product: string, scope?: Scope): Caller
  /** A caller with a key of its own. */
  with(key: string): Caller
  stop(): Promise<void>
}

export type Answer = { status: number; headers: Headers; body: any }

type Headline = Record<string, string>

/** The calls of one API key; a POST sends a fresh Idempotency-Key unless told otherwise. */
export type Caller = {
  get(path: string, headers?: Headline): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  post(path: string, body?: unknown, idempotencyKey?: string): Promise<Answer>
  delete(path: string): Promise<Answer>
}

/** Where API and worker find their servers, given where these are; for tests that put something in between. */
type Detour = (servers: { databaseUrl: string; temporalAddress: string }) => Promise<{
  databaseUrl: string
  temporalAddress: string
}>

/** API and worker of this test file, on a database and a task queue of its own. Its stop checks the book first. */
export async function startLotkeeper(
  settings: NodeJS.ProcessEnv = {},
  detour: Detour = async servers => servers,
  logger = pino({ level: 'silent' }),
  runsWorker = true,
): Promise<Lotkeeper> {
  const database = await createDatabase()
  const taskQueue = `test-${randomUUID()}`
  const config = {
    ...readConfig({
      NODE_ENV: 'test',
      PORT: '0',
      TEMPORAL_TASK_QUEUE: taskQueue,
      DATABASE_POOL: '20',
      ...settings,
    }),
    ...(await detour({ databaseUrl: database.url, temporalAddress: temporalAddress() })),
  }
  const worker = runsWorker
    ? await startWorker(config, { workflowCode: await workflowBundle(), logger })
    : null
  const api = await startApi(config, logger)
  const db = connectDb(database.url, 4)
  const keys = await makeKeys(db, config)
  return {
    url: api.url,
    config,
    keys,
    db,
    taskQueue,
    temporalAddress: config.temporalAddress,
    with: key => caller(api.url, key),
    as: (product, scope = 'admin') => caller(api.url, keys[product]?.[scope] ?? ''),
    stop: async () => {
      const patient = connectDb(database.url, 1, { statementSeconds: 300 })
      const inconsistencies = await verify(patient)
      const findings = await auditAll(patient, config)
      await Promise.all([api.stop(), worker?.stop(), db.end(), patient.end()])
      await database.drop()
      expect(inconsistencies).toEqual([])
      expect(findings).toEqual([])
    },
  }
}

/** Of each product so many accounts are audited in the end: enough to see a rule that is wrong, and soon done. */
const AUDITED = 25

/** What audits find: whatever a test did, by the rules every credit must be accounted for. */
async function auditAll(db: Db, config: AppConfig): Promise<object[]> {
  const found: object[] = []
  for (const [product, policy] of readPolicies(config.policiesDir))
    for (const account of await accountsAfter(db, product, null, AUDITED)) {
      const read = await readLedgerSnapshot(db, account.account_key)
      const { findings } = audit(policy, read, timeOf(account, new Date()).toISOString())
      found.push(...findings.map(finding => ({ account: account.account, ...finding })))
    }
  return found
}

async function makeKeys(db: Db, config: AppConfig) {
  const keys: Record<string, Record<Scope, string>> = {}
  for (const product of readPolicies(config.policiesDir).keys()) {
    const own = {} as Record<Scope, string>
    for (const scope of scopes)
      own[scope] = (await createKey(db, product, { name: `test-${scope}`, scope })).key
    keys[product] = own
  }
  return keys
}

/** Calls an API as a client would, over HTTP. */
export function caller(url: string, key: string): Caller {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Headline = {},
  ): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text }
  }
  return {
    get: (path, headers) => call('GET', path, undefined, headers),
    put: (path, body) => call('PUT', path, body),
    delete: path => call('DELETE', path),
    post: (path, body = {}, idempotencyKey = randomUUID()) =>
      call('POST', path, body, idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
  }
}
