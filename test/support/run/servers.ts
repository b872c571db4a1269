// Addresses of the servers of this run. The only test file that reads process.env.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { AppConfig } from '../../../platform/config.ts'

/** The migrated database that createDatabase copies. */
export const templateDatabase = 'lotkeeper_template'

type Variable =
  | 'LOTKEEPER_TEST_DATABASE_URL'
  | 'LOTKEEPER_TEST_TEMPORAL_ADDRESS'
  | 'LOTKEEPER_TEST_TEMPORAL_CLI'
  | 'LOTKEEPER_TEST_WORKFLOW_BUNDLE'
  | 'LOTKEEPER_TEST_SERVICE'
  | 'LOTKEEPER_TEST_SHARED'

/** For the global set-up: publishes values to the tests. */
export function publish(values: Partial<Record<Variable, string>>): void {
  Object.assign(process.env, values)
}

/** The address of the run's Temporal server. Tests share its namespace `default`, each with a task queue of its own. */
export function temporalAddress(): string {
  return read('LOTKEEPER_TEST_TEMPORAL_ADDRESS')
}

/** The `temporal` command line program. */
export function temporalCli(): string {
  return read('LOTKEEPER_TEST_TEMPORAL_CLI')
}

/** The code of the workflows, bundled once for the run. */
export function workflowBundle(): Promise<string> {
  return readFile(read('LOTKEEPER_TEST_WORKFLOW_BUNDLE'), 'utf8')
}

/** The bundled file that runs API or worker, see service.ts. */
export function serviceFile(): string {
  return read('LOTKEEPER_TEST_SERVICE')
}

/** The configuration of the Lotkeeper that this Jest worker's test files share. The first call starts it. */
export async function sharedConfig(): Promise<AppConfig> {
  const response = await fetch(`${read('LOTKEEPER_TEST_SHARED')}/${process.env.JEST_WORKER_ID}`)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as AppConfig
}

export interface TestDatabase {
  url: string
  /** Drops it despite open connections. */
  drop(): Promise<void>
}

/** Creates a migrated, empty database; may be called in parallel. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`)
  const url = new URL(read('LOTKEEPER_TEST_DATABASE_URL'))
  url.pathname = name
  return { url: url.href, drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** Accounts in the test of large campaigns: enough for two runs of the workflow, or as set. */
export function campaignAccounts(): number {
  return Number(process.env.LOTKEEPER_TEST_CAMPAIGN_ACCOUNTS ?? 5_200)
}

/** Whether the long forms of tests run (`npm run test:faults`). */
export const isLong = Boolean(process.env.LONG)

/** Repetitions in a test: short, or long with LONG set. */
export function repetitions(short: number, long: number): number {
  return isLong ? long : short
}

/** CI has every program that a test needs; elsewhere a test may be skipped when one is missing. */
export const isCi = Boolean(process.env.CI)

/** Number of random cases of a test; RUNS overrides it. */
export function caseCount(usual: number): number {
  return Number(process.env.RUNS || usual)
}

/** The seed of random cases, printed by each test that uses it. Set SEED to repeat a run. */
export const seed = Number(process.env.SEED || Math.floor(Math.random() * 2 ** 31))

/** The environment of a program that a test starts, without variables that configure Lotkeeper. */
export function environment(values: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, DOCKER_CONFIG } = process.env
  return { PATH, HOME, DOCKER_CONFIG, ...values }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(read('LOTKEEPER_TEST_DATABASE_URL'))
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function read(variable: Variable): string {
  const value = process.env[variable]
  if (!value) throw new Error(`${variable} is not set: run the tests with npm test.`)
  return value
}
