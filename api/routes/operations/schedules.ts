import type { App } from '../../http/app.ts'

const MAX_SCHEDULES = 200

/** A schedule of Temporal that polls, sweeps or reconciles. */
export type ScheduleStatus = {
  id: string
  paused: boolean
  note: string
  last_run_at: string | null
  next_run_at: string | null
}

type Time = { seconds?: { toString(): string } | null; nanos?: number | null } | null | undefined

/** The schedules of this deployment, by their id without the task queue; null if Temporal cannot be reached. */
export async function listSchedules({ temporal, taskQueue, config }: App): Promise<ScheduleStatus[] | null> {
  const request = { namespace: config.temporalNamespace, maximumPageSize: MAX_SCHEDULES }
  try {
    const { schedules } = await temporal.withDeadline(Date.now() + 2_000, () =>
      temporal.workflowService.listSchedules(request),
    )
    return schedules
      .filter(({ scheduleId }) => scheduleId?.endsWith(`/${taskQueue}`))
      .map(({ scheduleId, info }) => ({
        id: scheduleId?.slice(0, -taskQueue.length - 1) ?? '',
        paused: info?.paused ?? false,
        note: info?.notes ?? '',
        last_run_at: timeOf(info?.recentActions?.at(-1)?.actualTime),
        next_run_at: timeOf(info?.futureActionTimes?.[0]),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  } catch {
    return null
  }
}

function timeOf(time: Time): string | null {
  if (!time?.seconds) return null
  return new Date(Number(time.seconds.toString()) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString()
}
