import { randomInt } from 'node:crypto'
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { type Logger, pino } from 'pino'
import { auditActivities } from '../activities/audit.ts'
import { campaignActivities } from '../activities/campaign.ts'
import { closureActivities } from '../activities/closure.ts'
import { generationActivities } from '../activities/generation.ts'
import { gumroadActivities } from '../activities/gumroad-sales.ts'
import { membershipActivities } from '../activities/membership.ts'
import { purchaseActivities } from '../activities/purchase.ts'
import { stripeEventActivities } from '../activities/stripe-events.ts'
import { webhookActivities } from '../activities/webhooks.ts'
import { CLOCK_SYNC_FAILED, syncDbClock } from '../db/core/clock.ts'
import { connectDb } from '../db/core/connect.ts'
import { gumroadFor } from '../payments/gumroad/sales.ts'
import { paymentsFor } from '../payments/providers.ts'
import { stripeEventsFor } from '../payments/stripe/events.ts'
import { stripeFor } from '../payments/stripe/subscriptions.ts'
import { type AppConfig, temporalOf } from '../platform/config.ts'
import { readPolicies } from '../platform/policy-store.ts'
import { senderTo } from '../webhooks/send.ts'
import { codeSecretsOf } from './bootstrap/code-secrets.ts'
import { observeTemporal } from './bootstrap/logging.ts'
import { mailerOf } from './bootstrap/mailer.ts'
import { prepareTemporal } from './bootstrap/prepare-temporal.ts'
import { bundle } from './bundle.ts'
import { startRelay } from './relay.ts'

/** As many as randomInt can tell apart. */
const RANDOM_RANGE = 2 ** 48 - 1

/** The name of all our workers in Temporal's Worker Deployments. */
const DEPLOYMENT = 'lotkeeper'

/**
 * Workflows that a worker keeps in memory, a quarter of a megabyte each; one that is not among them is replayed from its
 * short history when something happens to it. The SDK's own number is made for machines whose memory we have to ourselves.
 */
const CACHED_WORKFLOWS = 300

/** An audit adds up all entries of an account, however many. */
const AUDIT_SECONDS = 60
const AUDITS_AT_ONCE = 2

export type RunningWorker = { stop(): Promise<void> }

/**
 * Starts a worker that runs every workflow and activity; any number of them may run at once.
 * @param workflowCode the bundled workflows, made anew where it is left out
 */
export async function startWorker(
  config: AppConfig,
  {
    workflowCode,
    logger = pino({ level: config.logLevel }),
  }: { workflowCode?: string; logger?: Logger } = {},
): Promise<RunningWorker> {
  observeTemporal(logger, config.workerMetricsAddress)
  const policies = readPolicies(config.policiesDir)
  const code = workflowCode ?? (await bundle())
  await prepareTemporal(config, policies)
  const connection = await NativeConnection.connect(temporalOf(config))
  const db = connectDb(config.databaseUrl, config.databasePool)
  const clock = await syncDbClock(db, error => logger.warn({ err: error }, CLOCK_SYNC_FAILED))
  const gumroad = gumroadFor(config.gumroad)
  const parts = {
    db,
    policies,
    now: clock.now,
    stripe: stripeFor(config.stripe),
    gumroad,
    payments: paymentsFor({ ...config, gumroad }),
    retryAfterMs: config.stripe.retrySeconds * 1000,
    random,
    codeSecrets: codeSecretsOf(config),
    mailer: mailerOf(config),
    send: senderTo(config.webhookReach),
  }
  const longQueryDb = connectDb(config.databaseUrl, AUDITS_AT_ONCE, { statementSeconds: AUDIT_SECONDS })
  const steps = {
    ...generationActivities(parts),
    ...membershipActivities(parts),
    ...purchaseActivities(parts),
  }
  const worker = await Worker.create({
    connection,
    namespace: config.temporalNamespace,
    taskQueue: config.temporalTaskQueue,
    workflowBundle: { code },
    activities: {
      ...steps,
      ...auditActivities({ ...parts, longQueryDb, steps }),
      ...campaignActivities(parts),
      ...closureActivities(parts),
      ...gumroadActivities(parts),
      ...stripeEventActivities({ ...parts, stripeEvents: stripeEventsFor(config.stripe) }),
      ...webhookActivities(parts),
    },
    maxCachedWorkflows: CACHED_WORKFLOWS,
    shutdownGraceTime: '5s',
    shutdownForceTime: '10s',
    ...deployedAs(config.workerBuildId),
  })
  const relay = startRelay(config, db, clock.now, logger)
  const running = worker.run()
  // A worker that fails is seen by whoever stops it, and by /readyz before that.
  running.catch(() => undefined)
  return {
    stop: async () => {
      await relay.stop()
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await running.finally(async () => {
        await clock.stop()
        await Promise.all([db.end(), longQueryDb.end()])
        await connection.close()
      })
    },
  }
}

/** A worker with a build id takes part in Worker Deployments; workflows move to the current build unless they say else. */
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

/** From 0 up to but not including 1, by random that nobody can foresee. */
function random(): number {
  return randomInt(RANDOM_RANGE) / RANDOM_RANGE
}
