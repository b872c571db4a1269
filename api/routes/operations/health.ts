import { z } from 'zod'
import { healthCounts, readHealth } from '../../../db/operations/health.ts'
import { route } from '../../http/route.ts'
import { named, time } from '../../http/shapes.ts'
import { listSchedules } from './schedules.ts'

const healthShape = named('Health', {
  counts: z.array(z.object({ name: z.string(), meaning: z.string(), count: z.int() })),
  schedules: z
    .array(
      z.object({
        id: z.string(),
        paused: z.boolean(),
        note: z.string(),
        last_run_at: time.nullable(),
        next_run_at: time.nullable(),
      }),
    )
    .nullable(),
})

export const healthRoute = route('get /v1/health', {
  operationId: 'getHealth',
  scope: 'support',
  summary: 'Get how much work of the product is open or overdue, and the schedules of the installation',
  responses: { 200: healthShape },
  async handler({ app, caller }) {
    const [found, schedules] = await Promise.all([readHealth(app.db, app.now()), listSchedules(app)])
    const counts = Object.entries(healthCounts).map(([name, meaning]) => ({
      name,
      meaning,
      count: found.find(({ product, what }) => product === caller.product && what === name)?.count ?? 0,
    }))
    return { body: { counts, schedules } }
  },
})
