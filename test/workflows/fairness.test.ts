import { randomUUID } from 'node:crypto'
import { type Client, WithStartWorkflowOperation } from '@temporalio/client'
import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import { reserveUpdate } from '../../workflows/contract/messages.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import {
  type LotkeeperWithoutWorkers,
  startLotkeeperWithoutWorkers,
} from '../support/servers/lotkeeper-without-workers.ts'
import { waitFor } from '../support/wait-for.ts'

let lotkeeper: Lotkeeper
let client: Client
let run: LotkeeperWithoutWorkers

beforeAll(async () => {
  run = await startLotkeeperWithoutWorkers()
  ;({ lotkeeper, client } = run)
})
afterAll(() => run?.stop())

type Kind = { account: string; priorityKey: number }

/** So many reservations of one account, sent as a service does that drives the workflow itself. */
async function send(count: number, { account, priorityKey }: Kind): Promise<Promise<unknown>[]> {
  const path = `/v1/accounts/${account}`
  await lotkeeper.as('kvidai').put(path, {})
  await lotkeeper.as('kvidai').post(`${path}/grants`, { source: 'purchased', amount: 1000, reason: 'test' })
  return Array.from({ length: count }, (_, i) => {
    const id = `${account}-${i}`
    const startWorkflowOperation = new WithStartWorkflowOperation('generation', {
      taskQueue: lotkeeper.taskQueue,
      workflowId: generationWorkflowId('kvidai', id),
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ product: 'kvidai', account, id, operation: 'image' }],
      priority: { priorityKey, fairnessKey: account },
    })
    return client.workflow.executeUpdateWithStart(reserveUpdate, { startWorkflowOperation })
  })
}

/** How many generations wait for a worker. */
async function waiting(): Promise<number> {
  const query = `TaskQueue = '${lotkeeper.taskQueue}' and WorkflowType = 'generation'`
  return (await client.workflow.count(query)).count
}

/** When a worker first took up the generations of an account, in milliseconds. */
async function takenUp(account: string, count: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const handle = client.workflow.getHandle(generationWorkflowId('kvidai', `${account}-${i}`))
    const { events } = await handle.fetchHistory()
    const started = events?.find(({ workflowTaskStartedEventAttributes }) => workflowTaskStartedEventAttributes)
    times.push(Number(started?.eventTime?.seconds) * 1000 + Number(started?.eventTime?.nanos) / 1e6)
  }
  return times
}

it('KV-10 under load the higher plan comes first, and one account does not delay the others', async () => {
  const crowd = { account: `crowd-${randomUUID()}`, priorityKey: 4 }
  const single = { account: `single-${randomUUID()}`, priorityKey: 4 }
  const member = { account: `member-${randomUUID()}`, priorityKey: 2 }
  const sent = [...(await send(80, crowd)), ...(await send(2, single)), ...(await send(2, member))]
  await waitFor('all to wait for a worker', waiting, count => count === sent.length)
  await run.startWorker()
  await Promise.all(sent)

  const ofCrowd = await takenUp(crowd.account, 80)
  const before = async ({ account }: Kind) => {
    const last = Math.max(...(await takenUp(account, 2)))
    return ofCrowd.filter(time => time < last).length
  }
  const overtaken = { single: await before(single), member: await before(member) }
  console.info(
    `of 80 that came first, ${overtaken.single} were taken up before two of another account, ${overtaken.member} before two of a member`,
  )
  expect(overtaken.single).toBeLessThan(20)
  expect(overtaken.member).toBeLessThan(20)
  for (const { account } of [crowd, single, member])
    for (const { id } of (await lotkeeper.as('kvidai').get(`/v1/accounts/${account}/generations?limit=100`)).body.data)
      expect((await lotkeeper.as('kvidai').post(`/v1/generations/${id}/complete`)).status).toBe(200)
})
