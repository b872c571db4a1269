import { randomInt } from 'node:crypto'
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import type { Logger } from 'pino'
import { auditActivities } from '../activities/audit.ts'
import { campaignActivities } from '../activities/campaign.ts'
import { closureActivities } from '../activities/closure.ts'
import { emailActivities } from '../activities/emails.ts'
import { generationActivities } from '../activities/generation.ts'
import { gumroadActivities } from '../activities/gumroad-sales.ts'
import { membershipActivities } from '../activities/membership.ts'
import { policyAnnouncementActivities } from '../activities/policy-announcements.ts'
import { purchaseActivities } from '../activities/purchase.ts'
import { reconcileActivities } from '../activities/reconcile.ts'
import { stripeEventActivities } from '../activities/stripe-events.ts'
import { testClockActivities } from '../activities/test-clock.ts'
import { webhookActivities } from '../activities/webhooks.ts'
import { CLOCK_SYNC_FAILED, syncDbClock } from '../db/core/clock.ts'
import { connectDb } from '../db/core/connect.ts'
import { wrapCommands } from '../db/core/span.ts'
import { gumroadFor } from '../payments/gumroad/sales.ts'
import { paymentsFor } from '../payments/providers.ts'
import { stripeEventsFor } from '../payments/stripe/events.ts'
import { stripeFor } from '../payments/stripe/subscriptions.ts'
import { dataConverterOf } from '../platform/codec/data-converter.ts'
import { type AppConfig, temporalOf } from '../platform/config.ts'
import { createLogger } from '../platform/logger.ts'
import { readPolicies } from '../platform/policy-store.ts'
import { serverSecretsOf } from '../platform/server-secrets.ts'
import { temporalClient } from '../platform/temporal-client.ts'
import { startTracing } from '../platform/tracing/start.ts'
import { explainTemporalError } from '../platform/unreachable.ts'
import { senderTo } from '../webhooks/send.ts'
import { endOfWorker } from './bootstrap/end-of-worker.ts'
import { observeTemporal } from './bootstrap/logging.ts'
import { mailerOf } from './bootstrap/mailer.ts'
import { prepareTemporal } from './bootstrap/prepare-temporal.ts'
import { bundle } from './bundle.ts'
import { startRelay } from './relay.ts'
import { keepSchedules } from './schedules/keep.ts'

/** The largest range of randomInt. */
const RANDOM_RANGE = 2 ** 48 - 1

/** The name of our workers in Temporal's Worker Deployments. */
const DEPLOYMENT = 'lotkeeper'

/**
 * Workflows in a worker's memory, a quarter of a megabyte each; others are replayed from their short histories. The SDK's
 * default assumes a machine of its own.
 */
const CACHED_WORKFLOWS = 300

/** An audit reads all entries of an account, so its statements may take a minute. */
const AUDIT_SECONDS = 60
const CONCURRENT_AUDITS = 2

export type RunningWorker = {
  /** resolves with the reason when the worker polls no more, after `stop` or because Temporal refuses it */
  ended: Promise<string>
  stop(): Promise<void>
}

/**
 * Starts a worker for all workflows and activities. Any number of workers can run.
 * @param workflowCode the bundled workflows; bundled here if left out
 */
export async function startWorker(
  config: AppConfig,
  { workflowCode, logger: givenLogger }: { workflowCode?: string; logger?: Logger } = {},
): Promise<RunningWorker> {
  const tracing = await startTracing(config)
  if (tracing) wrapCommands(tracing.command)
  const logger = givenLogger ?? createLogger(config)
  observeTemporal(logger, config.workerMetricsAddress)
  const policies = readPolicies(config.policiesDir)
  await prepareTemporal(config, policies).catch(error => {
    throw explainTemporalError(config, error)
  })
  const code = workflowCode ?? (await bundle(tracing?.workflowInterceptorModules))
  const connection = await NativeConnection.connect(temporalOf(config))
  const db = connectDb(config.databaseUrl, config.databasePool)
  const clock = await syncDbClock(db, error => logger.warn({ err: error }, CLOCK_SYNC_FAILED))
  const gumroad = gumroadFor(config.gumroad)
  const deps = {
    db,
    policies,
    now: clock.now,
    stripe: stripeFor(config.stripe),
    gumroad,
    payments: paymentsFor({ ...config, gumroad }),
    retryAfterMs: config.stripe.retrySeconds * 1000,
    random,
    serverSecrets: serverSecretsOf(config),
    mailer: mailerOf(config),
    send: senderTo(config.webhookTargets),
  }
  const temporal = temporalClient(config, error => logger.warn({ err: error }, 'Temporal does not respond'))
  const longQueryDb = connectDb(config.databaseUrl, CONCURRENT_AUDITS, { statementSeconds: AUDIT_SECONDS })
  const steps = {
    ...generationActivities(deps),
    ...membershipActivities(deps),
    ...purchaseActivities(deps),
  }
  const worker = await Worker.create({
    connection,
    namespace: config.temporalNamespace,
    taskQueue: config.temporalTaskQueue,
    dataConverter: dataConverterOf(config),
    workflowBundle: { code },
    activities: {
      ...steps,
      ...auditActivities({ ...deps, longQueryDb, steps }),
      ...campaignActivities(deps),
      ...closureActivities(deps),
      ...emailActivities(deps),
      ...gumroadActivities(deps),
      ...reconcileActivities({
        ...deps,
        temporal,
        taskQueue: config.temporalTaskQueue,
        log: line => logger.info(`reconcile: ${line}`),
      }),
      ...testClockActivities(deps),
      ...stripeEventActivities({ ...deps, stripeEvents: stripeEventsFor(config.stripe) }),
      ...policyAnnouncementActivities(deps),
      ...webhookActivities(deps),
    },
    maxCachedWorkflows: CACHED_WORKFLOWS,
    shutdownGraceTime: '5s',
    shutdownForceTime: '10s',
    ...deployedAs(config.workerBuildId),
    ...tracing?.worker,
  })
  const relay = startRelay(config, temporal, db, clock.now, logger)
  const schedules = keepSchedules(config, policies, error => logger.warn({ err: error }, 'schedules not checked'))
  const ended = endOfWorker(worker, worker.run())
  return {
    ended,
    stop: async () => {
      await Promise.all([relay.stop(), schedules.stop()])
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await ended
      await clock.stop()
      await Promise.all([db.end(), longQueryDb.end(), temporal.close()])
      await connection.close()
      await tracing?.flush()
    },
  }
}

/** With a build id the worker is part of a Worker Deployment. Workflows move to the current build unless pinned. */
function deployedAs(buildId: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!buildId) return {}
  return {
    workerDeploymentOptions: {
      version: { deploymentName: DEPLOYMENT, buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  }
}

/** An unpredictable number in [0, 1). */
function random(): number {
  return randomInt(RANDOM_RANGE) / RANDOM_RANGE
}
