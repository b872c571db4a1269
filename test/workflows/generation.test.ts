import { randomUUID } from 'node:crypto'
import { WithStartWorkflowOperation } from '@temporalio/client'
import { startWorker } from '../../worker/start.ts'
import { generationWorkflowId } from '../../workflows/contract/ids.ts'
import { callerTimedOutSignal, cancelUpdate, completeUpdate, reserveUpdate } from '../../workflows/contract/messages.ts'
import type { Caller } from '../support/clients/caller.ts'
import { workflowBundle } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

async function accountWith(amount: number): Promise<string> {
  const account = randomUUID()
  await kvidai.put(`/v1/accounts/${account}`, {})
  await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount, reason: 'test' })
  return account
}

type Input = { account: string; id?: string; respond_by?: string; timeout_seconds?: number; outputs?: number }

function startOperation({ id = randomUUID(), ...input }: Input) {
  return new WithStartWorkflowOperation('generation', {
    workflowId: generationWorkflowId('kvidai', id),
    taskQueue: lotkeeper.taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [{ product: 'kvidai', operation: 'text', id, ...input }],
  })
}

/** Reserves straight through Temporal, by update-with-start. */
async function reserve(input: Input) {
  const startWorkflowOperation = startOperation(input)
  const answer = await lotkeeper.temporal.workflow.executeUpdateWithStart(reserveUpdate, { startWorkflowOperation })
  return { answer, handle: await startWorkflowOperation.workflowHandle() }
}

async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    error => error.cause?.type ?? error,
  )
}

it('a generation ends with its outcome, and shows its status in details and search attributes', async () => {
  const account = await accountWith(5)
  const { answer, handle } = await reserve({ account, outputs: 2 })
  expect(answer.totals).toMatchObject({ available: 3, held: 2 })
  const details = async () => {
    const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')
    return metadata.currentDetails
  }
  expect(await details()).toMatch(/reserved.*Released at .*send the update/s)
  const stackTrace = await handle.query<string>('__stack_trace')
  expect(stackTrace).toMatch(/at GenerationWorkflow\.waitForWork \(.*workflows\/generation\.ts:\d+/)
  await handle.executeUpdate(completeUpdate, { args: [{ delivered: 1 }] })
  expect(await handle.result()).toEqual({ outcome: 'partially_refunded', spent: 1, refunded: 1 })
  expect(await details()).toMatch(/partially_refunded.*nothing to do/s)
  const { searchAttributes } = await handle.describe()
  expect(searchAttributes).toMatchObject({
    Product: ['kvidai'],
    Account: [account],
    CreditsState: ['partially_refunded'],
  })
})

it('a reservation is rolled back once all callers have timed out; the same request may be repeated', async () => {
  const account = await accountWith(5)
  const id = randomUUID()
  const reserveAs = async (updateId: string) => {
    const startWorkflowOperation = startOperation({ account, id })
    await lotkeeper.temporal.workflow.executeUpdateWithStart(reserveUpdate, {
      startWorkflowOperation,
      updateId,
      args: [],
    })
    return startWorkflowOperation.workflowHandle()
  }
  const balance = async () => (await kvidai.get(`/v1/accounts/${account}/balance`)).body
  const handle = await reserveAs('first')
  await reserveAs('second')
  await handle.signal(callerTimedOutSignal, 'first')
  await reserveAs('third')
  expect(await balance()).toMatchObject({ available: 4, held: 1 })
  await handle.signal(callerTimedOutSignal, 'third')
  await handle.signal(callerTimedOutSignal, 'second')
  expect(await handle.result()).toEqual({ outcome: 'refused', code: 'temporarily_unavailable' })
  expect(await balance()).toMatchObject({ available: 5, held: 0 })
  await (await reserveAs('fourth')).executeUpdate(completeUpdate, { args: [{}] })
  expect(await balance()).toMatchObject({ available: 4, held: 0 })
})

it('a reservation that was answered or settled is not rolled back', async () => {
  const account = await accountWith(5)
  const { handle } = await reserve({ account })
  await handle.signal(callerTimedOutSignal, 'somebody else')
  await handle.executeUpdate(completeUpdate, { args: [{}] })
  expect(await handle.result()).toMatchObject({ outcome: 'committed', spent: 1 })
})

it('a start without the update reserves too', async () => {
  const account = await accountWith(5)
  const { options } = startOperation({ account, timeout_seconds: 1 })
  const handle = await lotkeeper.temporal.workflow.start('generation', options)
  expect(await handle.executeUpdate('reserve')).toMatchObject({ generation: { held: 1 } })
  expect(await handle.result()).toEqual({ outcome: 'timed_out', spent: 0, refunded: 1 })
  expect((await kvidai.get(`/v1/accounts/${account}/balance`)).body).toMatchObject({ available: 5, held: 0 })
})

it('a refused reservation ends the workflow, and the update fails with the refusal', async () => {
  const account = await accountWith(1)
  const id = randomUUID()
  const startWorkflowOperation = startOperation({ account, id, outputs: 3 })
  const failure = await lotkeeper.temporal.workflow
    .executeUpdateWithStart(reserveUpdate, { startWorkflowOperation })
    .catch(error => error.cause)
  expect(failure).toMatchObject({ type: 'insufficient_credits', details: [{ required: 3, available: 1 }] })
  const handle = await startWorkflowOperation.workflowHandle()
  expect(await handle.result()).toEqual({ outcome: 'refused', code: 'insufficient_credits' })
  expect((await kvidai.get(`/v1/generations/${id}`)).body).toMatchObject({ state: 'refused', held: 0 })
})

it.each([
  ['an unknown account', { account: 'nobody' }, 'not_found'],
  ['outputs that are not a number', { outputs: 'two' }, 'invalid_request'],
  ['an unknown field', { surprise: 1 }, 'invalid_request'],
  ['a request past its response deadline', { respond_by: '2020-01-01T00:00:00Z' }, 'temporarily_unavailable'],
])('a reservation with %s is refused', async (_what, input, code) => {
  const account = await accountWith(5)
  expect(await refusalOf(reserve({ account, ...(input as Partial<Input>) }))).toBe(code)
  expect((await kvidai.get(`/v1/accounts/${account}/balance`)).body).toMatchObject({ available: 5, held: 0 })
})

const order = { product: 'kvidai', account: 'nobody', operation: 'image' }

it.each<[string, (id: string) => unknown[]]>([
  ['nothing', () => []],
  ['null', () => [null]],
  ['a text', () => ['image']],
  ['an account that is a number', id => [{ ...order, id, account: 5 }]],
  ['a product that is a list', id => [{ ...order, id, product: ['kvidai'] }]],
  ['an id that is not in the workflow id', () => [{ ...order, id: randomUUID() }]],
  ['a product that is not in the workflow id', id => [{ ...order, id, product: 'x-design' }]],
  ['an id with a slash', id => [{ ...order, id: `${id}/1` }]],
])('%s as its input is refused, and the workflow ends', async (_what, args) => {
  const id = randomUUID()
  const startWorkflowOperation = new WithStartWorkflowOperation('generation', {
    workflowId: generationWorkflowId('kvidai', id),
    taskQueue: lotkeeper.taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: args(id),
  })
  expect(
    await refusalOf(lotkeeper.temporal.workflow.executeUpdateWithStart('reserve', { startWorkflowOperation })),
  ).toBe('invalid_request')
  const handle = await startWorkflowOperation.workflowHandle()
  expect(await handle.result()).toMatchObject({ outcome: 'refused' })
})

it('invalid messages are rejected and leave no event', async () => {
  const account = await accountWith(5)
  const { handle } = await reserve({ account, outputs: 2 })
  const before = (await handle.describe()).historyLength
  for (const message of [
    { delivered: 'all' },
    { items: 'x' },
    { items: [{ index: 0 }] },
    { delivered: 1, items: [] },
    7,
  ])
    expect(await refusalOf(handle.executeUpdate('complete', { args: [message] }))).toBe('invalid_request')
  expect(await refusalOf(handle.executeUpdate('complete', { args: [{ delivered: 3 }] }))).toBe('invalid_request')
  expect((await handle.describe()).historyLength).toBeGreaterThan(before)
  await handle.executeUpdate(cancelUpdate)
  expect(await handle.result()).toMatchObject({ outcome: 'cancelled', refunded: 2 })
})

it('a repeated id after the end is answered from the ledger and moves no credits', async () => {
  const account = await accountWith(5)
  const id = randomUUID()
  const first = await reserve({ account, id })
  await first.handle.executeUpdate(completeUpdate, { args: [{}] })
  await first.handle.result()
  const second = await reserve({ account, id })
  expect(second.answer.generation).toEqual(first.answer.generation)
  expect(await second.handle.result()).toEqual({ outcome: 'committed', spent: 1, refunded: 0 })
  expect((await kvidai.get(`/v1/accounts/${account}/balance`)).body).toMatchObject({ available: 4, held: 0 })
})

it('a generation continues on another worker', async () => {
  const account = await accountWith(5)
  const config = { ...lotkeeper.config, temporalTaskQueue: `test-${randomUUID()}` }
  const options = { workflowCode: await workflowBundle() }
  const first = await startWorker(config, options)
  const id = randomUUID()
  const input = { product: 'kvidai', operation: 'text', id, account }
  const handle = await lotkeeper.temporal.workflow.start('generation', {
    workflowId: generationWorkflowId('kvidai', id),
    taskQueue: config.temporalTaskQueue,
    args: [input],
  })
  await handle.executeUpdate('reserve')
  await first.stop()
  const second = await startWorker(config, options)
  await handle.executeUpdate(completeUpdate, { args: [{}] })
  expect(await handle.result()).toMatchObject({ outcome: 'committed', spent: 1 })
  await second.stop()
})
