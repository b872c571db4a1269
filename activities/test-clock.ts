import { readClockOf } from '../db/accounts/test-clocks.ts'
import type { Db } from '../db/core/command.ts'
import type { Kind } from '../db/operations/open-workflows.ts'

export type TestClockActivities = ReturnType<typeof testClockActivities>
export type TestClockRef = { kind: Kind; product: string; id: string }

export function testClockActivities({ db }: { db: Db }) {
  return {
    /** The test clock of a workflow's account, ISO 8601; null in real time. */
    readTestClock: async ({ kind, product, id }: TestClockRef): Promise<string | null> =>
      (await readClockOf(db, kind, product, id))?.toISOString() ?? null,
  }
}
