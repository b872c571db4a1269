import { root } from '../support/root.ts'
import {
  type LotkeeperWithoutWorkers,
  startLotkeeperWithoutWorkers,
} from '../support/servers/lotkeeper-without-workers.ts'
import { launch } from '../support/servers/program.ts'
import { waitFor } from '../support/wait-for.ts'

let run: LotkeeperWithoutWorkers

beforeAll(async () => {
  run = await startLotkeeperWithoutWorkers()
})
afterAll(() => run?.stop())

async function check(address: string) {
  const program = launch(root, ['--import', 'tsx', 'worker/healthcheck.ts'], {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_TASK_QUEUE: run.lotkeeper.config.temporalTaskQueue,
  })
  return { code: await program.ended, output: program.output() }
}

it('the health check fails until a worker of this host polls', async () => {
  const { temporalAddress } = run.lotkeeper.config
  expect(await check(temporalAddress)).toEqual({
    code: 1,
    output: 'Temporal has not seen workflow_pollers and activity_pollers of this host for two minutes.\n',
  })
  await run.startWorker()
  await waitFor(
    'health',
    () => check(temporalAddress),
    ({ code }) => code === 0,
  )
})

it('the health check fails when Temporal does not answer', async () => {
  const { code, output } = await check('127.0.0.1:1')
  expect(code).toBe(1)
  expect(output).toMatch(/connect/i)
})
