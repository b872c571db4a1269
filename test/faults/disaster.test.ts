import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import type { Reconciled } from '../../activities/reconcile/follow.ts'
import { readPolicies } from '../../platform/policy-store.ts'
import { reconcile } from '../../scripts/ops/reconcile.ts'
import { becomesTrue } from '../../scripts/servers/processes.ts'
import { type RunningWorker, startWorker } from '../../worker/start.ts'
import type { Answer, Caller } from '../support/clients/caller.ts'
import { createTestAccount, type TestAccount } from '../support/clients/test-account.ts'
import { workflowBundle } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { TemporalOnDisk } from '../support/servers/temporal-on-disk.ts'

// Temporal's data is lost or a day old; the ledger is complete.

let temporal: TemporalOnDisk
let lotkeeper: Lotkeeper
let worker: RunningWorker
let calls: Caller

jest.setTimeout(240_000)

const logger = pino({ level: 'silent' })
const startTestWorker = async () => startWorker(lotkeeper.config, { workflowCode: await workflowBundle(), logger })

beforeEach(async () => {
  temporal = await TemporalOnDisk.start()
  const detour = async ({ databaseUrl }: { databaseUrl: string }) => ({
    databaseUrl,
    temporalAddress: temporal.address,
  })
  lotkeeper = await startLotkeeper({}, { overrideAddresses: detour, runsWorker: false })
  worker = await startTestWorker()
  calls = lotkeeper.as('kvidai')
})
afterEach(async () => {
  await worker.stop()
  await lotkeeper.stop()
  await temporal.stop()
})

const ok = ({ status, body }: Answer) => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

/** Changes Temporal's data while all services are stopped. */
async function changeWhileStopped(change: () => Promise<void>): Promise<void> {
  await worker.stop()
  await temporal.whileStopped(change)
  worker = await startTestWorker()
  // The API reconnects by itself.
  expect(await becomesTrue(async () => (await calls.get('/readyz')).status === 200, 60)).toBe(true)
}

/** The result and output of reconcile; no failures are allowed. */
async function reconcileOnce(dryRun = false): Promise<{ counts: Reconciled; output: string }> {
  const lines: string[] = []
  const connection = await Connection.connect({ address: temporal.address })
  const { db, taskQueue } = lotkeeper
  const policies = readPolicies(lotkeeper.config.policiesDir)
  const servers = { db, taskQueue, policies, now: () => new Date(), temporal: new Client({ connection }) }
  const counts = await reconcile(servers, { dryRun, print: line => lines.push(line) })
  await connection.close()
  const output = lines.join('\n')
  expect([counts.failed, output]).toEqual([0, output])
  return { counts, output }
}

async function expectNothingToReconcile(): Promise<void> {
  const { counts, output } = await reconcileOnce()
  expect([counts.started, counts.resynced, output]).toEqual([0, 0, ''])
}

/** An account in real time, and the calls for it. */
class Customer {
  readonly path = `/v1/accounts/${randomUUID()}`

  async create(): Promise<void> {
    ok(await calls.put(this.path, {}))
    ok(await calls.post(`${this.path}/grants`, { source: 'purchased', amount: 100, reason: 'test' }))
  }
  async hold(outputs: number): Promise<string> {
    return ok(await calls.post(`${this.path}/generations`, { operation: 'image', outputs })).id
  }
  async order(): Promise<string> {
    const order = { pack: 'credits', provider: 'bank_transfer' }
    return ok(await calls.post(`${this.path}/purchases`, order)).id
  }
  async balance() {
    const { available, held } = ok(await calls.get(`${this.path}/balance`))
    return { available, held }
  }
}

const complete = async (id: string, body: object = {}) => ok(await calls.post(`/v1/generations/${id}/complete`, body))
const postToPurchase = async (purchase: string, what: string, body: object = {}) =>
  ok(await calls.post(`/v1/purchases/${purchase}/${what}`, body))
const stateOf = async (what: string, id: string) => ok(await calls.get(`/v1/${what}/${id}`)).state

const grants = async (account: TestAccount) => (await account.lots()).filter(lot => lot.includes(' membership '))

it('reconcile restarts open workflows from the ledger after Temporal lost its data, and each takes effect once', async () => {
  const account = await createTestAccount(calls, '2027-01-31T09:00:00.000Z')
  const { id: member } = await account.join({ plan: 'membership', paid_through: '2027-06-30T09:00:00Z' })
  await account.grant('purchased', 10)
  const { body: onClock } = await account.generate({ operation: 'image' })
  const customer = new Customer()
  await customer.create()
  const [byItem, overdue] = [await customer.hold(4), await customer.hold(1)]
  await complete(byItem, { items: [{ index: 0, ok: true }] })
  const [awaiting, late, bought] = [await customer.order(), await customer.order(), await customer.order()]
  await postToPurchase(late, 'missing')
  await postToPurchase(bought, 'payment', { reference: 'transfer-1' })
  const campaign = {
    name: 'spring',
    source: 'promotional',
    amount: 5,
    validity: 'P14D',
    audience: 'all',
    window: { until: '2099-01-01T00:00:00Z' },
  }
  const { id: spring } = ok(await calls.post('/v1/campaigns', campaign))
  expect(await becomesTrue(async () => (await stateOf('campaigns', spring)) === 'waiting', 30)).toBe(true)

  await changeWhileStopped(() => temporal.deleteData())
  // Its deadline passed while Temporal was down.
  await lotkeeper.db.query('update holds set deadline = reserved_at + interval $$1 ms$$ where generation = $1', [
    overdue,
  ])
  expect(await calls.post(`/v1/generations/${byItem}/complete`)).toMatchObject({ status: 503 })
  const preview = await reconcileOnce(true)
  const { output, counts } = await reconcileOnce()
  for (const id of [
    `generation/kvidai/${onClock.id}`,
    `generation/kvidai/${byItem}`,
    `generation/kvidai/${overdue}`,
    `membership/kvidai/${member}`,
    `purchase/kvidai/${awaiting}`,
    `purchase/kvidai/${late}`,
    `purchase/kvidai/${bought}`,
    `campaign/kvidai/${spring}`,
  ]) {
    expect(preview.output).toContain(`would start ${id} `)
    expect(output).toContain(`starting ${id} `)
  }
  expect(counts).toEqual({ started: 8, resynced: 0, released: 0, upToDate: 0, failed: 0 })

  expect(await becomesTrue(async () => (await stateOf('generations', overdue)) === 'timed_out', 60)).toBe(true)
  await expectNothingToReconcile()
  expect(await complete(byItem)).toMatchObject({ state: 'committed', spent: 8 })
  expect(await postToPurchase(awaiting, 'payment', { reference: 'transfer-2' })).toMatchObject({ state: 'fulfilled' })
  expect(await postToPurchase(late, 'reissue')).toMatchObject({ state: 'reissued' })
  expect(await postToPurchase(bought, 'refund', { reason: 'test' })).toMatchObject({ state: 'refunded' })
  expect(await customer.balance()).toEqual({ available: 100 - 8 + 5 + 100 + 100, held: 0 })

  await account.advance('2027-02-28T09:00:00.000Z')
  expect(await stateOf('generations', onClock.id)).toBe('timed_out')
  expect(await grants(account)).toHaveLength(2)
  const newCustomer = new Customer()
  await newCustomer.create()
  expect(await newCustomer.balance()).toEqual({ available: 105, held: 0 })
})

it('reconcile resyncs workflows behind the ledger and starts missing ones after Temporal was restored from a backup', async () => {
  const account = await createTestAccount(calls, '2027-01-31T09:00:00.000Z')
  const { id: member } = await account.join({ plan: 'membership', paid_through: '2027-06-30T09:00:00Z' })
  const { id: leaver } = await account.join({ plan: 'enterprise', paid_through: '2027-06-30T09:00:00Z' })
  const customer = new Customer()
  await customer.create()
  const [byItem, settled, untouched] = [await customer.hold(4), await customer.hold(3), await customer.hold(1)]
  await complete(byItem, { items: [{ index: 0, ok: true }] })
  const [paid, awaiting] = [await customer.order(), await customer.order()]
  const backup: { restoreData?: () => Promise<void> } = {}
  await changeWhileStopped(async () => {
    backup.restoreData = await temporal.saveData()
  })

  await complete(byItem, { items: [{ index: 1, ok: true }] })
  await complete(settled)
  await postToPurchase(paid, 'payment', { reference: 'transfer-1' })
  await account.advance('2027-02-28T09:00:00.000Z')
  await account.updateMembership(leaver, 'cancel', { when: 'now' })
  await account.updateMembership(member, 'change', { plan: 'enterprise', when: 'next_grant' })
  const { id: joined } = await account.join({ plan: 'membership', paid_through: '2027-06-30T09:00:00Z' })
  const newer = await customer.hold(2)
  const before = { balance: await customer.balance(), grants: await grants(account) }

  await changeWhileStopped(async () => backup.restoreData?.())
  const { output, counts } = await reconcileOnce()
  for (const id of [
    `generation/kvidai/${byItem}`,
    `generation/kvidai/${settled}`,
    `membership/kvidai/${member}`,
    `membership/kvidai/${leaver}`,
    `purchase/kvidai/${paid}`,
  ])
    expect(output).toContain(`resyncing ${id}`)
  for (const id of [`generation/kvidai/${newer}`, `membership/kvidai/${joined}`])
    expect(output).toContain(`starting ${id} `)
  expect(counts).toEqual({ started: 2, resynced: 5, released: 0, upToDate: 2, failed: 0 })
  expect({ balance: await customer.balance(), grants: await grants(account) }).toEqual(before)
  await expectCompleted(`generation/kvidai/${settled}`, `membership/kvidai/${leaver}`)
  await expectNothingToReconcile()

  expect(await complete(byItem)).toMatchObject({ state: 'committed', spent: 8 })
  expect(await complete(newer)).toMatchObject({ state: 'committed', spent: 4 })
  expect(await complete(untouched)).toMatchObject({ state: 'committed', spent: 2 })
  expect(await postToPurchase(awaiting, 'payment', { reference: 'transfer-2' })).toMatchObject({ state: 'fulfilled' })
  expect(await postToPurchase(paid, 'refund', { reason: 'test' })).toMatchObject({ state: 'refunded' })
  expect(await customer.balance()).toEqual({ available: 100 - 8 - 6 - 4 - 2 + 100, held: 0 })
  await account.advance('2027-03-31T09:00:00.000Z')
  // One grant of each remaining membership; the first now has the larger plan.
  expect(await grants(account)).toHaveLength(before.grants.length + 2)
  expect(await stateOf('memberships', member)).toBe('active')
})

/** Resolves when these workflows have completed without attention. */
async function expectCompleted(...workflowIds: string[]): Promise<void> {
  const connection = await Connection.connect({ address: temporal.address })
  const { workflow } = new Client({ connection })
  for (const id of workflowIds) await workflow.getHandle(id).result()
  expect((await workflow.count('NeedsAttention = true')).count).toBe(0)
  await connection.close()
}
