import { randomUUID } from 'node:crypto'
import { Connection } from '@temporalio/client'
import { root } from '../support/root.ts'
import { createDatabase, isLong, type TestDatabase, temporalAddress } from '../support/run/servers.ts'
import { launch, type Program } from '../support/servers/program.ts'
import { waitFor } from '../support/wait-for.ts'

jest.setTimeout(300_000)

let connection: Connection
let database: TestDatabase
let worker: Program

beforeAll(async () => {
  connection = await Connection.connect({ address: temporalAddress() })
  database = await createDatabase()
})
afterAll(async () => {
  worker.kill('SIGKILL')
  await worker.ended
  await Promise.all([connection.close(), database.drop()])
})

async function startWorker(variables: Record<string, string>): Promise<void> {
  worker = launch(root, ['--import', 'tsx', 'worker/main.ts'], {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_TASK_QUEUE: `test-${randomUUID()}`,
    LOG_LEVEL: 'debug',
    ...variables,
  })
  await worker.waitForOutput('"state":"RUNNING"')
}

it('a worker that polls no more exits with 1, so that its supervisor restarts it', async () => {
  await startWorker({})
  // The SDK shuts its workers down at this signal.
  worker.kill('SIGUSR2')
  expect(await worker.ended).toBe(1)
  expect(worker.output()).toContain('The service ended by itself: it was shut down')
})

// The SDK gives up a minute or two after the first refusal, so this runs with the long fault tests.
const itIfLong = isLong ? it : it.skip
itIfLong('a worker whose namespace is deleted exits with 1', async () => {
  const namespace = `deleted-${randomUUID()}`
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  })
  const found = () =>
    connection.workflowService.describeNamespace({ namespace }).then(
      () => true,
      () => false,
    )
  await waitFor('the namespace', found)
  await startWorker({ TEMPORAL_NAMESPACE: namespace })
  await connection.operatorService.deleteNamespace({ namespace })
  expect(await worker.ended).toBe(1)
  expect(worker.output()).toMatch(/NotFound.*The service ended by itself: /s)
})
