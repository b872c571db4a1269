import { Connection, isGrpcDeadlineError } from '@temporalio/client'
import { type AppConfig, temporalOf } from '../../platform/config.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { ensureAuditSweeps } from '../schedules/audit-sweeps.ts'
import { ensureExpiryNotices } from '../schedules/expiry-notices.ts'
import { ensureGumroadPolling } from '../schedules/gumroad-sales.ts'
import { ensureStripePolling } from '../schedules/stripe-events.ts'
import { registerSearchAttributes } from './search-attributes.ts'

const TRIES = 5
const WITHIN_MS = 20_000

/** Makes known to Temporal what our workers need there: search attributes and schedules. Again, it changes nothing. */
export async function prepareTemporal(config: AppConfig, policies: Policies): Promise<void> {
  const connection = await Connection.connect(temporalOf(config))
  const prepare = async () => {
    await registerSearchAttributes(connection, config.temporalNamespace)
    await ensureGumroadPolling(connection, config, policies)
    await ensureStripePolling(connection, config)
    await ensureExpiryNotices(connection, config)
    await ensureAuditSweeps(connection, config, policies)
  }
  try {
    await retryOnDeadline(() => connection.withDeadline(Date.now() + WITHIN_MS, prepare))
  } finally {
    await connection.close()
  }
}

/**
 * Asks again where Temporal did not answer in time: a server that has just begun may take longer than a call waits.
 * @param ask what changes nothing when it is done again
 */
export async function retryOnDeadline<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await ask()
    } catch (error) {
      if (left === 0 || !isGrpcDeadlineError(error)) throw error
    }
  }
}
