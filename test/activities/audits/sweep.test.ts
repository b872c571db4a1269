import { randomUUID } from 'node:crypto'
import { MockActivityEnvironment } from '@temporalio/testing'
import type { AuditDeps } from '../../../activities/audits/context.ts'
import { type Swept, sweepBatch } from '../../../activities/audits/sweep.ts'
import { reportOf } from '../../../domain/audits/report.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

jest.mock('../../../domain/audits/report.ts', () => {
  const actual = jest.requireActual('../../../domain/audits/report.ts')
  return { ...actual, reportOf: jest.fn(actual.reportOf) }
})

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  for (let n = 0; n < 3; n++) await lotkeeper.as('kvidai').put(`/v1/accounts/${randomUUID()}`, {})
})
afterAll(() => lotkeeper?.stop())

/** Runs a batch of three accounts. @returns its result and its heartbeats */
async function sweep(heartbeatDetails?: object): Promise<{ swept: Swept; beats: Swept[] }> {
  const { db, config } = lotkeeper
  const deps = { db, longQueryDb: db, policies: readPolicies(config.policiesDir), now: () => new Date() } as AuditDeps
  const activity = new MockActivityEnvironment({ heartbeatDetails })
  const beats: Swept[] = []
  activity.on('heartbeat', details => beats.push(structuredClone(details)))
  const swept = (await activity.run(() => sweepBatch(deps, 'kvidai', 3))) as Swept
  return { swept, beats }
}

it('a sweep beats after each account, and a retry continues after the last one', async () => {
  const { swept, beats } = await sweep()
  expect(beats.map(({ looked_at }) => looked_at)).toEqual([1, 2])
  const retried = await sweep(beats[1])
  expect(retried.beats).toEqual([])
  expect(retried.swept).toEqual(swept)
})

it('an account for which the rules fail does not stop the sweep', async () => {
  jest.mocked(reportOf).mockImplementationOnce(() => {
    throw new Error('a rule fails')
  })
  const { swept } = await sweep()
  expect(swept).toMatchObject({ looked_at: 3, found: [{ account: expect.any(String) }] })
})
