import { ScheduleAlreadyRunning, type ScheduleClient, ScheduleNotFoundError } from '@temporalio/client'
import { scheduleKinds } from '../../workflows/contract/ids.ts'
import type { PlannedSchedule } from './planned.ts'

/**
 * Creates the planned schedules, updates existing ones, and deletes those that are no longer planned. An operator's pause
 * stays. Safe to repeat.
 */
export async function ensureSchedules(
  client: ScheduleClient,
  taskQueue: string,
  planned: PlannedSchedule[],
): Promise<void> {
  await Promise.all(planned.map(schedule => ensure(client, schedule)))
  const wanted = new Set(planned.map(({ scheduleId }) => scheduleId))
  for await (const { scheduleId } of client.list({ pageSize: 1000 }))
    if (isOurs(scheduleId, taskQueue) && !wanted.has(scheduleId)) await remove(client, scheduleId)
}

/** Creates those of the planned schedules that do not exist. */
export async function createMissingSchedules(client: ScheduleClient, planned: PlannedSchedule[]): Promise<void> {
  await Promise.all(planned.map(schedule => create(client, schedule)))
}

/** @returns false where it exists */
async function create(client: ScheduleClient, schedule: PlannedSchedule): Promise<boolean> {
  try {
    await client.create(schedule)
    return true
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false
    throw error
  }
}

async function ensure(client: ScheduleClient, schedule: PlannedSchedule): Promise<void> {
  if (await create(client, schedule)) return
  const { spec, policies = {}, action } = schedule
  await client.getHandle(schedule.scheduleId).update(before => ({ ...before, spec, policies, action }))
}

/** Another worker may have deleted it. */
async function remove(client: ScheduleClient, scheduleId: string): Promise<void> {
  await client
    .getHandle(scheduleId)
    .delete()
    .catch(error => {
      if (!(error instanceof ScheduleNotFoundError)) throw error
    })
}

function isOurs(scheduleId: string, taskQueue: string): boolean {
  return scheduleId.endsWith(`/${taskQueue}`) && scheduleKinds.some(kind => scheduleId.startsWith(`${kind}/`))
}
