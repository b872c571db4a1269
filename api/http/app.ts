import type { Logger } from 'pino'
import type { Db } from '../../db/core/command.ts'
import type { CodeSecrets } from '../../domain/codes/codes.ts'
import type { Gumroad } from '../../payments/gumroad/sales.ts'
import type { StripePayments } from '../../payments/stripe/subscriptions.ts'
import type { Policies } from '../../platform/policy-store.ts'
import type { TemporalClient } from '../../platform/temporal-client.ts'
import type { TargetPolicy } from '../../webhooks/url.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { AccountRateLimiter } from '../rate-limits/account-limiter.ts'
import type { CodeAttemptLimiter } from '../rate-limits/code-attempts.ts'
import type { KeyRateLimiter } from '../rate-limits/key-limiter.ts'

/** What the routes work with. */
export type App = {
  db: Db
  policies: Policies
  temporal: TemporalClient
  taskQueue: string
  /** real time; accounts on a test clock live by theirs */
  now: () => Date
  logger: Logger
  metrics: Metrics
  /** null where no key of Stripe is configured */
  stripe: StripePayments | null
  /** null where no token of Gumroad is configured */
  gumroad: Gumroad | null
  /** whether one pays for what is sold at Gumroad on a page of ours, since nothing of it is configured */
  simulatesGumroad: boolean
  /** what the address that Gumroad pings carries as ?secret=; null where none is configured */
  gumroadWebhookSecret: string | null
  /** by the product's name in capitals, _ for -; that of every product under "" */
  stripeWebhookSecrets: Readonly<Record<string, string>>
  /** the address that customers see, without a slash at its end */
  publicUrl: string
  /** origins whose pages may show the badge, besides our own */
  embedOrigins: readonly string[]
  /** who tried wrong redemption codes, and how often */
  codeAttemptLimiter: CodeAttemptLimiter
  /** where a development start keeps letters; null elsewhere */
  mailFolder: string | null
  /** the proxies in front, which say from which address a request comes: how many, or their addresses */
  trustProxy: string | null
  accountRateLimiter: AccountRateLimiter
  /** what the secrets of webhooks are derived from */
  codeSecrets: CodeSecrets
  /** where webhooks may be sent */
  webhookReach: TargetPolicy
  /** how many requests a minute each key sends */
  keyRateLimiter: KeyRateLimiter
  /** requests that this process works on at once, at most */
  requestsAtOnce: number
  /** how long a client may be silent in the middle of something */
  clientSeconds: number
  /** whether only real money counts */
  production: boolean
  /** what goes on after its request was answered; who stops the API waits for it */
  backgroundTasks: Set<Promise<void>>
  /** set when the process is about to stop, so that nobody sends it more work */
  stopping: boolean
}
