import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { readPosition, savePosition } from '../../db/operations/positions.ts'
import { type RunningTemporal, startTemporal } from '../../scripts/servers/temporal.ts'
import { type Disturbance, disturb, reconcileNow } from '../support/operators/disturb.ts'
import { scenes } from '../support/operators/scenes.ts'
import { ok, type Scene, type Stage } from '../support/operators/stage.ts'
import { temporalCli } from '../support/run/servers.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { type StripeStandIn, startStripeStandIn } from '../support/stand-ins/stripe.ts'
import { startReceiver } from '../support/stand-ins/webhook-receiver.ts'
import { waitFor } from '../support/wait-for.ts'

// Operators cancel, terminate, reset and delete workflows of every kind, and histories are short, so that workflows continue as new
// with messages pending. No credit is lost, none is there twice, and everything goes on.

jest.setTimeout(180_000)

/** Events after which Temporal suggests to continue as new. */
const SHORT_HISTORY = 40

let folder: string
let temporal: RunningTemporal
let stripe: StripeStandIn
let stage: Stage

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-operators-'))
  temporal = await startTemporal({
    executable: temporalCli(),
    dataDir: folder,
    inMemory: true,
    namespace: 'default',
    onProgress: () => undefined,
    settings: [`limit.historyCount.suggestContinueAsNew=${SHORT_HISTORY}`],
  })
  const detour = async ({ databaseUrl }: { databaseUrl: string }) => ({
    databaseUrl,
    temporalAddress: temporal.address,
  })
  stripe = await startStripeStandIn()
  const settings = { WEBHOOKS_TO_LOOPBACK: 'on', STRIPE_SECRET_KEY: 'sk_test_stand_in', STRIPE_API_BASE: stripe.url }
  const lotkeeper = await startLotkeeper(settings, { overrideAddresses: detour })
  const connection = await Connection.connect({ address: temporal.address })
  stage = { lotkeeper, client: new Client({ connection }), receiver: await startReceiver(), stripe }
})
afterAll(async () => {
  await stage?.receiver.stop()
  await stage?.client.connection.close()
  await stage?.lotkeeper.stop()
  await stripe?.stop()
  await temporal?.stop()
  await rm(folder, { recursive: true, force: true })
})

const names = Object.keys(scenes) as (keyof typeof scenes)[]

it.each<Disturbance>(['cancel', 'terminate', 'reset', 'delete'])(
  '%s: everything goes on, each credit once',
  async disturbance => {
    const { client, lotkeeper } = stage
    const prepared: [string, Scene][] = await Promise.all(
      names.map(async name => [name, await scenes[name](stage)] as [string, Scene]),
    )
    await Promise.all(prepared.map(([, { workflowId }]) => disturb(client, disturbance, workflowId)))
    // A reservation that waits for the database's lock has to be let go first.
    const goneOn = Promise.allSettled(prepared.map(([, scene]) => scene.goesOn()))
    await reconcileNow(client, lotkeeper.taskQueue)
    const results = await goneOn
    const failed = results.flatMap((result, n) =>
      result.status === 'rejected' ? [`${prepared[n]?.[0]}: ${result.reason}`] : [],
    )
    expect(failed).toEqual([])
  },
)

it('an audit whose workflow was lost is started again', async () => {
  const { client, lotkeeper } = stage
  const calls = lotkeeper.as('kvidai')
  const account = randomUUID()
  await calls.put(`/v1/accounts/${account}`, {})
  const { body } = await calls.post(`/v1/accounts/${account}/audits`)
  await lotkeeper.db.query(`update audits set state = 'running', report = null where audit = $1`, [body.id])
  expect((await calls.get(`/v1/audits/${body.id}`)).status).toBe(404)
  await reconcileNow(client, lotkeeper.taskQueue)
  await waitFor(
    'the report',
    () => calls.get(`/v1/audits/${body.id}`),
    answer => answer.body.state === 'done',
  )
})

it('a terminated audit that waits for an approval is started again, and asks for it', async () => {
  const { client, lotkeeper } = stage
  const { workflowId, goesOn } = await scenes.audit(stage)
  await disturb(client, 'terminate', workflowId)
  await reconcileNow(client, lotkeeper.taskQueue)
  expect((await client.workflow.getHandle(workflowId).describe()).status.name).toBe('RUNNING')
  await goesOn()
})

it('a sweep goes on where a terminated one stopped', async () => {
  const { client, lotkeeper } = stage
  const position = 'ffffffff-ffff-ffff-ffff-fffffffffffe'
  await savePosition(lotkeeper.db, 'audit-sweep/kvidai', position)
  const input = { product: 'kvidai', accounts_per_minute: 60_000, repair: false }
  const sweep = { workflowId: randomUUID(), taskQueue: lotkeeper.taskQueue, args: [input] }
  expect(await client.workflow.execute('auditSweep', sweep)).toEqual({ looked_at: 0, found: 0 })
  expect(await readPosition(lotkeeper.db, 'audit-sweep/kvidai')).toBeNull()
})

it('messages that are pending while workflows continue as new are answered', async () => {
  const { client, lotkeeper } = stage
  const calls = lotkeeper.as('kvidai')
  const account = randomUUID()
  await calls.put(`/v1/accounts/${account}`, {})
  await calls.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 100, reason: 'test' })
  const { body: made } = await calls.post(`/v1/accounts/${account}/generations`, { operation: 'image', outputs: 20 })
  const { body: joined } = await calls.post(`/v1/accounts/${account}/memberships`, { plan: 'membership' })
  const order = { pack: 'credits', provider: 'bank_transfer' }
  const { body: bought } = await calls.post(`/v1/accounts/${account}/purchases`, order)
  const spring = {
    name: 'spring',
    source: 'promotional',
    amount: 5,
    validity: 'P14D',
    audience: { accounts: [account] },
  }
  const { body: given } = await calls.post('/v1/campaigns', { ...spring, window: { until: '2099-01-01T00:00:00Z' } })
  const ids = {
    generation: `generation/kvidai/${made.id}`,
    membership: `membership/kvidai/${joined.id}`,
    purchase: `purchase/kvidai/${bought.id}`,
    campaign: `campaign/kvidai/${given.id}`,
  }
  const send = (id: string, update: string, args: string[] = []) =>
    untilTaken(() => client.workflow.getHandle(id).executeUpdate(update, { args: args as [] }))
  const deliver = (index: number) =>
    waitFor(
      'an item to be settled',
      () => calls.post(`/v1/generations/${made.id}/complete`, { items: [{ index, ok: true }] }),
      ({ status }) => status !== 503,
    )
  await calls.post(`/v1/campaigns/${given.id}/pause`)
  // Several waves, because a task that takes up all messages of one makes the history long only for the next.
  for (const wave of [0, 1, 2, 3])
    await Promise.all(
      [0, 1, 2, 3, 4].flatMap(n => [
        deliver(5 * wave + n),
        send(ids.membership, 'resync'),
        send(ids.purchase, 'resync'),
        send(ids.campaign, 'join', [account]),
      ]),
    )
  expect((await calls.get(`/v1/generations/${made.id}`)).body).toMatchObject({ state: 'committed', spent: 40 })
  for (const id of Object.values(ids)) await continuedAsNew(id)
  await calls.post(`/v1/campaigns/${given.id}/resume`)
  await calls.post(`/v1/purchases/${bought.id}/payment`, { reference: `transfer-${bought.id}` })
  await waitFor(
    'all credits',
    async () => (await calls.get(`/v1/accounts/${account}/balance`)).body,
    ({ available, held }) => available === 100 - 40 + 300 + 5 + 100 && held === 0,
  )
})

it('a closure that continues as new while callers wait closes the account', async () => {
  const { client, lotkeeper } = stage
  const { workflowId, goesOn } = await scenes.closure(stage)
  const callers = Promise.all([goesOn(), goesOn()])
  await continuedAsNew(workflowId)
  await reconcileNow(client, lotkeeper.taskQueue)
  await callers
  expect(await client.workflow.getHandle(workflowId).result()).toMatchObject({ outcome: 'closed' })
})

it('a webhook delivery that continues as new with events pending sends each of them', async () => {
  const { lotkeeper, receiver } = stage
  const { workflowId, goesOn } = await scenes.webhookDelivery(stage)
  const calls = lotkeeper.as('x-design')
  const path = `/v1/webhook-endpoints/${workflowId.split('/').at(-1)}`
  // The first event is refused again, so that the workflow goes on.
  const [first] = receiver.received.slice(-1)
  receiver.answer(message => (message.id === first?.id ? 503 : 204))
  const sent: string[] = []
  const send = async () => sent.push(ok(await calls.post(`${path}/test`)).event)
  await continuedAsNew(workflowId, async () => void (await Promise.all([send(), send()])))
  const missing = () => sent.filter(event => !receiver.received.some(({ id }) => id === event))
  await waitFor('each event', missing, events => events.length === 0)
  await goesOn()
})

/** Resolves when a workflow has continued as new. @param meanwhile is repeated until then */
async function continuedAsNew(workflowId: string, meanwhile = async () => {}): Promise<void> {
  const continued = `WorkflowId = '${workflowId}' AND ExecutionStatus = 'ContinuedAsNew'`
  await waitFor(`${workflowId} to have continued`, async () => {
    await meanwhile()
    return (await stage.client.workflow.count(continued)).count > 0
  })
}

it('a membership whose subscription cannot be read continues as new, and tells its callers', async () => {
  const { client, lotkeeper } = stage
  const account = randomUUID()
  await lotkeeper.as('x-design').put(`/v1/accounts/${account}`, {})
  const workflowId = `membership/x-design/${account}`
  const input = { product: 'x-design', account, id: account, subscription: 'sub_1' }
  const start = { workflowId, taskQueue: lotkeeper.taskQueue, args: [input] }
  stripe.refuse(401, { message: 'Expired API Key provided.' })
  const handle = await client.workflow.start('membership', start)
  const waiting = handle.executeUpdate('open').catch((error: Error) => error.cause)
  for (let n = 0; n < SHORT_HISTORY / 5; n++)
    await untilTaken(() => client.workflow.getHandle(workflowId).executeUpdate('check')).catch(() => undefined)
  expect(await waiting).toMatchObject({ type: 'temporarily_unavailable' })
  stripe.refuse(null)
  const { count } = await client.workflow.count(`WorkflowId = '${workflowId}' AND ExecutionStatus = 'ContinuedAsNew'`)
  expect(count).toBeGreaterThan(0)
  await client.workflow.getHandle(workflowId).terminate()
})

/** Sends an update again where a worker's task did not take it up, as the API's callers do after a 503. */
async function untilTaken(send: () => Promise<unknown>): Promise<void> {
  await send().catch(error => {
    if (error.cause?.type !== 'UnprocessedUpdate') throw error
    return untilTaken(send)
  })
}
