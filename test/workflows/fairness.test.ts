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

type Sender = { account: string; priorityKey: number }

/** Sends `count` reservations of one account straight to Temporal. */
async function send(count: number, { account, priorityKey }: Sender): Promise<Promise<unknown>[]> {
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

/** The number of generation workflows in the task queue. */
async function countGenerations(): Promise<number> {
  const query = `TaskQueue = '${lotkeeper.taskQueue}' and WorkflowType = 'generation'`
  return (await client.workflow.count(query)).count
}

/** The times of the first workflow tasks of an account's generations, in ms. */
async function startTimes(account: string, count: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const handle = client.workflow.getHandle(generationWorkflowId('kvidai', `${account}-${i}`))
    const { events } = await handle.fetchHistory()
    const started = events?.find(({ workflowTaskStartedEventAttributes }) => workflowTaskStartedEventAttributes)
    times.push(Number(started?.eventTime?.seconds) * 1000 + Number(started?.eventTime?.nanos) / 1e6)
  }
  return times
}

it('KV-10 under load a higher plan has priority, and one account does not delay the others', async () => {
  const busy = { account: `busy-${randomUUID()}`, priorityKey: 4 }
  const single = { account: `single-${randomUUID()}`, priorityKey: 4 }
  const member = { account: `member-${randomUUID()}`, priorityKey: 2 }
  const sent = [...(await send(80, busy)), ...(await send(2, single)), ...(await send(2, member))]
  await waitFor('all generations in the queue', countGenerations, count => count === sent.length)
  await run.startWorker()
  await Promise.all(sent)

  const busyTimes = await startTimes(busy.account, 80)
  const startedBefore = async ({ account }: Sender) => {
    const last = Math.max(...(await startTimes(account, 2)))
    return busyTimes.filter(time => time < last).length
  }
  const earlier = { single: await startedBefore(single), member: await startedBefore(member) }
  console.info(
    `of 80 generations sent first, ${earlier.single} started before two of another account, ${earlier.member} before two of a member`,
  )
  expect(earlier.single).toBeLessThan(20)
  expect(earlier.member).toBeLessThan(20)
  for (const { account } of [busy, single, member])
    for (const { id } of (await lotkeeper.as('kvidai').get(`/v1/accounts/${account}/generations?limit=100`)).body.data)
      expect((await lotkeeper.as('kvidai').post(`/v1/generations/${id}/complete`)).status).toBe(200)
})
