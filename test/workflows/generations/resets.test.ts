import { randomUUID } from 'node:crypto'
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client'
import { generationWorkflowId } from '../../../workflows/contract/ids.ts'
import { completeUpdate, reserveUpdate } from '../../../workflows/contract/messages.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { disturb, resetTo } from '../../support/operators/disturb.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

// An operator resets or terminates a generation, and the next run finds in the ledger what the first one reserved.

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
  if (amount > 0) await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount, reason: 'test' })
  return account
}

const balanceOf = async (account: string) => (await kvidai.get(`/v1/accounts/${account}/balance`)).body
const handleOf = (id: string) => lotkeeper.temporal.workflow.getHandle(generationWorkflowId('kvidai', id))

type Input = { account: string; id: string; outputs?: number; respond_by?: string; timeout_seconds?: number }

/** Reserves straight through Temporal, by update-with-start. */
function reserve(input: Input) {
  const startWorkflowOperation = new WithStartWorkflowOperation('generation', {
    workflowId: generationWorkflowId('kvidai', input.id),
    taskQueue: lotkeeper.taskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [{ product: 'kvidai', operation: 'text', ...input }],
  })
  return lotkeeper.temporal.workflow.executeUpdateWithStart(reserveUpdate, { startWorkflowOperation })
}

/** How long the timer of the current run waits, in ms. */
async function timerOf(handle: WorkflowHandle): Promise<number> {
  const timer = async () => (await handle.fetchHistory()).events?.find(event => event.timerStartedEventAttributes)
  const { seconds, nanos } = (await waitFor('the timer', timer))?.timerStartedEventAttributes?.startToFireTimeout ?? {}
  return Number(seconds) * 1000 + Number(nanos) / 1e6
}

/** The database's clock is known to some milliseconds. */
const TOLERANCE_MS = 100

/** Expects that a run that began since then waits for the deadline. */
async function expectTimer(handle: WorkflowHandle, deadline: string, since: number): Promise<void> {
  const waits = await timerOf(handle)
  expect(waits).toBeLessThan(Date.parse(deadline) - since + TOLERANCE_MS)
  expect(waits).toBeGreaterThan(Date.parse(deadline) - Date.now() - TOLERANCE_MS)
}

it('a reset generation keeps its hold, its delivered outputs and its deadline after its caller has stopped waiting', async () => {
  const [account, id] = [await accountWith(5), randomUUID()]
  const respond_by = new Date(Date.now() + 3_000).toISOString()
  const { generation } = await reserve({ account, id, outputs: 3, respond_by })
  const handle = handleOf(id)
  await handle.executeUpdate(completeUpdate, { args: [{ items: [{ index: 0, ok: true }] }] })
  await waitFor('the end of the wait', () => new Date().toISOString() > respond_by)
  const since = Date.now()
  await disturb(lotkeeper.temporal, 'reset', handle.workflowId)
  await expectTimer(handle, generation.deadline, since)
  expect(await balanceOf(account)).toMatchObject({ available: 2, held: 2 })
  await handle.executeUpdate(completeUpdate, { args: [{ delivered: 1 }] })
  expect(await handle.result()).toEqual({ outcome: 'partially_refunded', spent: 2, refunded: 1 })
})

it('a generation that is reserved again after its workflow was terminated keeps its deadline', async () => {
  const [account, id] = [await accountWith(5), randomUUID()]
  const first = await reserve({ account, id })
  await handleOf(id).terminate('by an operator')
  await waitFor('a second to pass', () => Date.now() > Date.parse(first.generation.reserved_at) + 1_000)
  const since = Date.now()
  const second = await reserve({ account, id })
  expect(second).toMatchObject({ generation: { deadline: first.generation.deadline }, replayed: true })
  await expectTimer(handleOf(id), first.generation.deadline, since)
  await handleOf(id).executeUpdate('cancel')
})

it('a reset to a later task replays the reservation', async () => {
  const [account, id] = [await accountWith(5), randomUUID()]
  await reserve({ account, id, outputs: 2 })
  const handle = handleOf(id)
  await handle.executeUpdate(completeUpdate, { args: [{ items: [{ index: 0, ok: true }] }] })
  await resetTo(lotkeeper.temporal, handle.workflowId, 'last')
  await handle.executeUpdate(completeUpdate, { args: [{ items: [{ index: 1, ok: true }] }] })
  expect(await handle.result()).toEqual({ outcome: 'committed', spent: 2, refunded: 0 })
})

it('a reset of a refused generation is refused again, although it could be paid now', async () => {
  const [account, id] = [await accountWith(0), randomUUID()]
  const refusal = await reserve({ account, id }).catch(error => error.cause?.type)
  expect(refusal).toBe('insufficient_credits')
  await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 5, reason: 'test' })
  await disturb(lotkeeper.temporal, 'reset', generationWorkflowId('kvidai', id))
  expect(await handleOf(id).result()).toEqual({ outcome: 'refused', code: 'insufficient_credits' })
  expect(await balanceOf(account)).toMatchObject({ available: 5, held: 0 })
})

it('a settled generation is not changed by a reset', async () => {
  const [account, id] = [await accountWith(5), randomUUID()]
  await reserve({ account, id })
  await handleOf(id).executeUpdate(completeUpdate, { args: [{}] })
  await handleOf(id).result()
  await disturb(lotkeeper.temporal, 'reset', generationWorkflowId('kvidai', id))
  expect(await handleOf(id).result()).toEqual({ outcome: 'committed', spent: 1, refunded: 0 })
  expect(await balanceOf(account)).toMatchObject({ available: 4, held: 0 })
})

it('a hold with delivered outputs stays when a second request for it comes too late', async () => {
  const [account, id] = [await accountWith(5), randomUUID()]
  await reserve({ account, id, outputs: 2 })
  await handleOf(id).executeUpdate(completeUpdate, { args: [{ items: [{ index: 0, ok: true }] }] })
  await handleOf(id).terminate('by an operator')
  const late = await reserve({ account, id, outputs: 2, respond_by: '2020-01-01T00:00:00Z' })
  expect(late.generation).toMatchObject({ held: 1, spent: 1 })
  expect(await balanceOf(account)).toMatchObject({ available: 3, held: 1 })
  await handleOf(id).executeUpdate(completeUpdate, { args: [{}] })
  expect(await handleOf(id).result()).toEqual({ outcome: 'committed', spent: 2, refunded: 0 })
})
