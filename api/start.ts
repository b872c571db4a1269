import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { CLOCK_SYNC_FAILED, syncDbClock } from '../db/core/clock.ts'
import { connectDb } from '../db/core/connect.ts'
import { wrapCommands } from '../db/core/span.ts'
import { gumroadFor } from '../payments/gumroad/sales.ts'
import { stripeFor } from '../payments/stripe/subscriptions.ts'
import type { AppConfig } from '../platform/config.ts'
import { createLogger } from '../platform/logger.ts'
import { readPolicies } from '../platform/policy-store.ts'
import { serverSecretsOf } from '../platform/server-secrets.ts'
import { temporalClient } from '../platform/temporal-client.ts'
import { startTracing } from '../platform/tracing/start.ts'
import type { App } from './http/app.ts'
import { createHttpApp } from './http/express.ts'
import { httpServer } from './http/server.ts'
import { createMetrics } from './metrics/metrics.ts'
import { accountRateLimiter } from './rate-limits/account-limiter.ts'
import { codeAttemptLimiter } from './rate-limits/code-attempts.ts'
import { keyRateLimiter } from './rate-limits/key-limiter.ts'

/** Connections to a replica: exports are few and long. */
const REPLICA_POOL = 5

/** Pending connections, so that a burst is answered rather than reset by the operating system. */
const BACKLOG = 4096

export type RunningApi = { url: string; stop(): Promise<void> }

/** Starts the HTTP API. `stop` refuses new requests and lets those in progress finish. */
export async function startApi(config: AppConfig, givenLogger?: Logger): Promise<RunningApi> {
  const tracing = await startTracing(config)
  if (tracing) wrapCommands(tracing.command)
  const logger = givenLogger ?? createLogger(config)
  const temporal = temporalClient(config, error => logger.warn({ err: error }, 'Temporal is unreachable'))
  const db = connectDb(config.databaseUrl, config.databasePool)
  const replica = config.databaseReadUrl ? connectDb(config.databaseReadUrl, REPLICA_POOL) : db
  const clock = await syncDbClock(db, error => logger.warn({ err: error }, CLOCK_SYNC_FAILED))
  const shared = {
    db,
    policies: readPolicies(config.policiesDir),
    temporal,
    taskQueue: config.temporalTaskQueue,
    now: clock.now,
    logger,
  }
  const app: App = {
    config,
    ...shared,
    replica,
    metrics: createMetrics(shared),
    stripe: stripeFor(config.stripe),
    gumroad: gumroadFor(config.gumroad),
    simulatesGumroad: simulatesGumroad(config),
    gumroadWebhookSecret: config.gumroad.webhookSecret ?? (simulatesGumroad(config) ? randomSecret() : null),
    stripeWebhookSecrets: webhookSecrets(config),
    publicUrl: '',
    codeAttemptLimiter: codeAttemptLimiter(db),
    mailFolder: mailFolderOf(config),
    accountRateLimiter: accountRateLimiter(db),
    serverSecrets: serverSecretsOf(config),
    keyRateLimiter: keyRateLimiter(db, config.requestsPerMinute, logger),
    production: config.nodeEnv === 'production',
    tracing,
    stopping: false,
    backgroundTasks: new Set(),
  }
  const server = httpServer(createHttpApp(app), config.clientSeconds)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: config.port, host: config.host, backlog: BACKLOG }, resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://${config.host}:${port}`
  app.publicUrl = config.publicUrl ?? url
  return {
    url,
    stop: async () => {
      app.stopping = true
      const closed = new Promise(resolve => server.close(resolve))
      const idle = setInterval(() => server.closeIdleConnections(), 100)
      await closed.finally(() => clearInterval(idle))
      await Promise.all([...app.backgroundTasks, clock.stop()])
      await Promise.all([...new Set([db, replica])].map(pool => pool.end()))
      await Promise.all([temporal.close(), tracing?.flush()])
    },
  }
}

/** The folder for emails that are not sent; null in production, or if SMTP is configured. */
function mailFolderOf({ mail, nodeEnv, dataDir }: AppConfig): string | null {
  return mail.smtpUrl || nodeEnv === 'production' ? null : join(dataDir, 'mail')
}

/** Outside production the test checkout needs a secret to sign its events, even if none is configured. */
function webhookSecrets({ stripe, nodeEnv }: AppConfig): Record<string, string> {
  const simulated = nodeEnv !== 'production' && !stripe.secretKey
  return simulated ? { '': randomSecret(), ...stripe.webhookSecrets } : stripe.webhookSecrets
}

function simulatesGumroad({ gumroad, nodeEnv }: AppConfig): boolean {
  return nodeEnv !== 'production' && !gumroad.token && !gumroad.webhookSecret
}

function randomSecret(): string {
  return randomBytes(24).toString('base64url')
}
