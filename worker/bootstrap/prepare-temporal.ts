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

/** Creates the search attributes, schedules and polling workflows that are missing. Safe to repeat. */
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
 * Retries calls that exceed their deadline: a server that has just started may take longer.
 * @param call must be safe to repeat
 */
export async function retryOnDeadline<T>(call: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await call()
    } catch (error) {
      if (left === 0 || !isGrpcDeadlineError(error)) throw error
    }
  }
}
