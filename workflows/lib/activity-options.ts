// Options of activities, by what the activity waits for.

/** A caller waits: give up on the database after 4 s, while the caller still listens. */
export const callerWaits = {
  startToCloseTimeout: '3s',
  scheduleToCloseTimeout: '4s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumAttempts: 3 },
} as const

/**
 * A local activity that must succeed, however long the database is unavailable. Retries after 5 s become timers, which survive
 * the worker.
 */
export const databaseStep = {
  startToCloseTimeout: '8s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
} as const

/** A settlement: a caller of the HTTP API waits for it for five seconds, so a stuck try ends by then. */
export const settlementStep = { ...databaseStep, startToCloseTimeout: '5s' } as const

/** A call to a payment or email provider. It may be slow; the workflow goes on handling messages meanwhile. */
export const providerCall = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
} as const

/** A scan of many records in the background, where minutes do not matter. */
export const backgroundScan = {
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
} as const

/** The same for a scan that reports its progress after each of its parts, which take a minute at most. */
export const longScan = { ...backgroundScan, startToCloseTimeout: '1h', heartbeatTimeout: '2m' } as const

/** A step of an audit: it reads all entries of an account, and may poll the provider for 100 purchases. */
export const auditStep = {
  startToCloseTimeout: '2m',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '1m' },
} as const

/**
 * A batch of a campaign. Not a local activity: a series of batches would delay messages, and messages that arrive during
 * a local activity are replayed in another order.
 */
export const campaignStep = {
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
} as const

/** A batch of webhook messages, sent in parallel, each for ten seconds at most. */
export const deliveryBatch = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '6s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
} as const
