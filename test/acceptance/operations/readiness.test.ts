import { NativeConnection, Worker } from '@temporalio/worker'
import { pino } from 'pino'
import { temporalOf } from '../../../platform/config.ts'
import { observeTemporal } from '../../../worker/bootstrap/logging.ts'
import { workflowBundle } from '../../support/run/servers.ts'
import {
  type LotkeeperWithoutWorkers,
  startLotkeeperWithoutWorkers,
} from '../../support/servers/lotkeeper-without-workers.ts'
import { waitFor } from '../../support/wait-for.ts'

let run: LotkeeperWithoutWorkers

beforeAll(async () => {
  observeTemporal(pino({ level: 'silent' }))
  run = await startLotkeeperWithoutWorkers()
})
afterAll(() => run?.stop())

it('readiness names the pollers that are missing', async () => {
  const { config, as } = run.lotkeeper
  const missing = async () => (await as('kvidai').get('/readyz')).body.missing.join()
  expect(await missing()).toBe('workflow_pollers,activity_pollers')

  const connection = await NativeConnection.connect(temporalOf(config))
  const withoutActivities = await Worker.create({
    connection,
    taskQueue: config.temporalTaskQueue,
    workflowBundle: { code: await workflowBundle() },
  })
  await withoutActivities.runUntil(async () => {
    await waitFor('pollers for workflows', missing, parts => parts === 'activity_pollers')
    await run.startWorker()
    await waitFor('pollers for activities', missing, parts => parts === '')
  })
  await connection.close()
})
