import { randomUUID } from 'node:crypto'
import type { WorkflowHandle } from '@temporalio/client'
import type { Caller } from '../support/clients/caller.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'
import { waitFor } from '../support/wait-for.ts'

// An operator cancels a workflow in the Temporal UI.

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

const balanceOf = async (path: string) => (await kvidai.get(`${path}/balance`)).body
const workflow = (id: string): WorkflowHandle => lotkeeper.temporal.workflow.getHandle(id)
const detailsOf = async (handle: WorkflowHandle) =>
  (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails

async function account(credits = 5): Promise<string> {
  const path = `/v1/accounts/${randomUUID()}`
  await kvidai.put(path, {})
  await kvidai.post(`${path}/grants`, { source: 'purchased', amount: credits, reason: 'test' })
  return path
}

/** Cancels a workflow and resolves when it has refused, with a sentence for the operator. */
async function isRefused(handle: WorkflowHandle, sentence: RegExp): Promise<void> {
  await handle.cancel()
  await waitFor(
    'the refusal',
    () => detailsOf(handle),
    details => sentence.test(details),
  )
  expect((await handle.describe()).status.name).toBe('RUNNING')
}

it('a generation releases its hold', async () => {
  const path = await account()
  const { body } = await kvidai.post(`${path}/generations`, { operation: 'image' })
  const handle = workflow(`generation/kvidai/${body.id}`)
  await handle.cancel()
  expect(await handle.result()).toEqual({ outcome: 'cancelled', spent: 0, refunded: 2 })
  expect(await balanceOf(path)).toMatchObject({ available: 5, held: 0 })
  expect((await kvidai.post(`/v1/generations/${body.id}/complete`)).body.code).toBe('already_settled')
})

it('a generation that is cancelled while it reserves releases what it then holds', async () => {
  const path = await account()
  const id = randomUUID()
  const lock = await lotkeeper.db.connect()
  await lock.query('begin')
  await lock.query('select 1 from accounts where account = $1 for update', [path.split('/').at(-1)])
  const { handle, reserved } = await start(path, id)
  const waiting = async () =>
    (await lock.query(`select count(*)::int as n from pg_locks where not granted`)).rows[0].n as number
  await waitFor('the reservation to wait for the lock', waiting)
  await handle.cancel()
  await lock.query('commit')
  lock.release()
  expect(await reserved).toMatchObject({ generation: { held: 2 } })
  expect(await handle.result()).toEqual({ outcome: 'cancelled', spent: 0, refunded: 2 })
  expect(await balanceOf(path)).toMatchObject({ available: 5, held: 0 })
})

async function start(path: string, id: string) {
  const handle = await lotkeeper.temporal.workflow.start('generation', {
    workflowId: `generation/kvidai/${id}`,
    taskQueue: lotkeeper.taskQueue,
    args: [{ product: 'kvidai', account: path.split('/').at(-1), id, operation: 'image' }],
  })
  return { handle, reserved: handle.executeUpdate('reserve') }
}

it('a membership refuses and goes on', async () => {
  const path = await account()
  const { body } = await kvidai.post(`${path}/memberships`, { plan: 'membership' })
  const handle = workflow(`membership/kvidai/${body.id}`)
  await isRefused(handle, /^\*\*Not cancelled\.\*\*.*"cancel"/s)
  expect((await kvidai.post(`/v1/memberships/${body.id}/lapse`)).body).toMatchObject({ state: 'lapsed' })
  expect((await kvidai.post(`/v1/memberships/${body.id}/reactivate`)).body).toMatchObject({ state: 'active' })
  await kvidai.post(`/v1/memberships/${body.id}/cancel`, { when: 'now' })
  expect(await handle.result()).toEqual({ outcome: 'ended' })
})

it('a purchase refuses and goes on', async () => {
  const path = await account()
  const { body } = await kvidai.post(`${path}/purchases`, { pack: 'credits', provider: 'bank_transfer' })
  await isRefused(workflow(`purchase/kvidai/${body.id}`), /^\*\*Not cancelled\.\*\*.*"refund"/s)
  const paid = await kvidai.post(`/v1/purchases/${body.id}/payment`, { reference: `transfer-${body.id}` })
  expect(paid.body).toMatchObject({ state: 'fulfilled' })
})

it('a campaign refuses and goes on', async () => {
  const spring = { name: 'spring', source: 'promotional', amount: 5, validity: 'P14D', audience: 'all' }
  const window = { until: '2099-01-01T00:00:00Z' }
  const { body } = await kvidai.post('/v1/campaigns', { ...spring, window })
  const handle = workflow(`campaign/kvidai/${body.id}`)
  await isRefused(handle, /^\*\*Not cancelled\.\*\*.*`pause`/s)
  const path = await account(10)
  await waitFor(
    'the grant to a newcomer',
    () => balanceOf(path),
    ({ available }) => available === 15,
  )
  await handle.terminate('end of the test')
  await lotkeeper.db.query(`update campaigns set state = 'done', until_at = null where campaign = $1`, [body.id])
})
