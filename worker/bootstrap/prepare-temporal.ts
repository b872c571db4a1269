import { type Client, Connection, isGrpcDeadlineError } from '@temporalio/client'
import { type AppConfig, temporalOf } from '../../platform/config.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { clientOf } from '../../platform/temporal-client.ts'
import { ensureSchedules } from '../schedules/ensure.ts'
import { plannedSchedules } from '../schedules/planned.ts'
import { registerSearchAttributes } from './search-attributes.ts'

const TRIES = 5
const WITHIN_MS = 20_000

/** Creates the missing search attributes and brings the schedules in line with the configuration. Safe to repeat. */
export async function prepareTemporal(config: AppConfig, policies: Policies): Promise<void> {
  const { temporalNamespace: namespace, temporalTaskQueue: taskQueue } = config
  const prepare = async ({ connection, schedule }: Client) => {
    await registerSearchAttributes(connection as Connection, namespace)
    await ensureSchedules(schedule, taskQueue, plannedSchedules(config, policies))
  }
  await retryOnDeadline(() => withTemporal(config, prepare))
}

/** Connects to Temporal for one piece of work, which must end within 20 seconds. */
export async function withTemporal(config: AppConfig, work: (client: Client) => Promise<void>): Promise<void> {
  const connection = await Connection.connect(temporalOf(config))
  try {
    await connection.withDeadline(Date.now() + WITHIN_MS, () => work(clientOf(connection, config)))
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
