import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import { reconcileNow } from '../../support/operators/disturb.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

// Holds whose deadline has passed although their workflow runs.

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

/** A generation with one delivered output of two. */
async function openGeneration(): Promise<{ id: string; account: string }> {
  const account = randomUUID()
  await kvidai.put(`/v1/accounts/${account}`, {})
  await kvidai.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 20, reason: 'test' })
  const { body } = await kvidai.post(`/v1/accounts/${account}/generations`, { operation: 'image', outputs: 2 })
  await kvidai.post(`/v1/generations/${body.id}/complete`, { items: [{ index: 0, ok: true }] })
  return { id: body.id, account }
}

/** Moves a hold into the past without its workflow: the deadline was ten minutes ago. */
const passDeadline = (id: string) =>
  lotkeeper.db.query(
    `update holds set reserved_at = reserved_at - interval '1 hour', deadline = reserved_at - interval '10 minutes'
     where generation = $1`,
    [id],
  )

const stateOf = async (id: string) => (await kvidai.get(`/v1/generations/${id}`)).body

it('reconcile makes a running workflow end the hold that its timer has missed', async () => {
  const { id, account } = await openGeneration()
  await passDeadline(id)
  await reconcileNow(lotkeeper.temporal, lotkeeper.taskQueue)
  await waitFor(
    'the end',
    () => stateOf(id),
    ({ state }) => state === 'partially_refunded',
  )
  const handle = lotkeeper.temporal.workflow.getHandle(`generation/kvidai/${id}`)
  expect(await handle.result()).toEqual({ outcome: 'partially_refunded', spent: 2, refunded: 2 })
  expect((await kvidai.get(`/v1/accounts/${account}/balance`)).body).toMatchObject({ available: 18, held: 0 })
})

it('reconcile releases an overdue hold whose workflow waits for a build without workers', async () => {
  const { id, account } = await openGeneration()
  const workflowId = `generation/kvidai/${id}`
  const { workflow } = lotkeeper.temporal
  await workflow.getHandle(workflowId).terminate('by the test')
  const input = { product: 'kvidai', account, id, operation: 'image', resumed: true }
  await workflow.start('generation', { workflowId, taskQueue: `nobody-${randomUUID()}`, args: [input] })
  await passDeadline(id)
  const done = await reconcileNow(lotkeeper.temporal, lotkeeper.taskQueue)
  expect(done).toMatchObject({ released: 1, failed: 0 })
  expect(await stateOf(id)).toMatchObject({ state: 'partially_refunded', spent: 2, refunded: 2 })
  await workflow.getHandle(workflowId).terminate('end of the test')
})
