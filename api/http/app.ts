import type { Logger } from 'pino'
import type { Db } from '../../db/core/command.ts'
import type { ServerSecrets } from '../../domain/shared/server-secrets.ts'
import type { Gumroad } from '../../payments/gumroad/sales.ts'
import type { StripePayments } from '../../payments/stripe/subscriptions.ts'
import type { AppConfig } from '../../platform/config.ts'
import type { Policies } from '../../platform/policy-store.ts'
import type { TemporalClient } from '../../platform/temporal-client.ts'
import type { Tracing } from '../../platform/tracing/tracing.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { AccountRateLimiter } from '../rate-limits/account-limiter.ts'
import type { CodeAttemptLimiter } from '../rate-limits/code-attempts.ts'
import type { KeyRateLimiter } from '../rate-limits/key-limiter.ts'

/** The dependencies and settings of the routes. */
export type App = {
  config: AppConfig
  db: Db
  /** a replica, which may lag behind; the same as `db` if none is configured */
  replica: Db
  policies: Policies
  temporal: TemporalClient
  taskQueue: string
  /** real time; accounts on a test clock have their own */
  now: () => Date
  logger: Logger
  metrics: Metrics
  /** null if STRIPE_SECRET_KEY is not set */
  stripe: StripePayments | null
  /** null if GUMROAD_TOKEN is not set */
  gumroad: Gumroad | null
  /** whether the test checkout stands in for Gumroad, because Gumroad is not configured */
  simulatesGumroad: boolean
  /** the ?secret= of Gumroad's pings; null if GUMROAD_WEBHOOK_SECRET is not set */
  gumroadWebhookSecret: string | null
  /** by product in capitals, with _ for -; "" is for all other products */
  stripeWebhookSecrets: Readonly<Record<string, string>>
  /** the base URL that customers see, without a trailing slash */
  publicUrl: string
  codeAttemptLimiter: CodeAttemptLimiter
  /** where emails are stored instead of sent; null in production or with SMTP */
  mailFolder: string | null
  accountRateLimiter: AccountRateLimiter
  /** the secrets from which webhook secrets are derived */
  serverSecrets: ServerSecrets
  keyRateLimiter: KeyRateLimiter
  /** in production, test payments are refused */
  production: boolean
  /** work that outlives its request; stopping the API waits for it */
  backgroundTasks: Set<Promise<void>>
  /** where tracing is on */
  tracing: Tracing | undefined
  /** set while the process shuts down: /readyz then answers 503 */
  stopping: boolean
}
