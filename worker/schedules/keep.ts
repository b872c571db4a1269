import type { AppConfig } from '../../platform/config.ts'
import type { Policies } from '../../platform/policy-store.ts'
import { withTemporal } from '../bootstrap/prepare-temporal.ts'
import { createMissingSchedules } from './ensure.ts'
import { plannedSchedules } from './planned.ts'

const EVERY_MS = 10 * 60_000

/** Creates schedules again that an operator deleted: without `reconcile` no lost workflow would be started again. */
export function keepSchedules(
  config: AppConfig,
  policies: Policies,
  onFailure: (error: unknown) => void,
  everyMs = EVERY_MS,
): { stop(): Promise<void> } {
  let round = Promise.resolve()
  const planned = plannedSchedules(config, policies)
  const timer = setInterval(() => {
    round = withTemporal(config, ({ schedule }) => createMissingSchedules(schedule, planned)).catch(onFailure)
  }, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return round
    },
  }
}
