// npm run record -- VERSION: plays each way a generation, a membership, a purchase, an audit and the other workflows can go against the
// running server (started with WEBHOOKS_TO_LOOPBACK=on) and keeps the histories in test/replay/histories, where every later version
// of the workflows must be able to replay them.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { accountKey } from '../db/accounts/account-key.ts'
import { connectDb } from '../db/core/connect.ts'
import { readConfig } from '../platform/config.ts'
import {
  auditSweepId,
  auditWorkflowId,
  campaignWorkflowId,
  closureWorkflowId,
  generationWorkflowId,
  membershipWorkflowId,
  purchaseWorkflowId,
  webhookDeliveryWorkflowId,
} from '../workflows/contract/ids.ts'
import { checkUpdate } from '../workflows/contract/messages.ts'
import { callerOf, findRunning } from './running.ts'
import { findTemporal } from './servers/temporal-binary.ts'

const PRODUCT = 'kvidai'
const [version] = process.argv.slice(2)
if (!version) throw new Error('Say under which version to keep them: npm run record -- 0.1.0')
const config = readConfig(process.env)
const running = findRunning(config.dataDir)
const cli = await findTemporal({
  cli: config.temporalCli,
  cacheDir: join(config.dataDir, 'bin'),
  onProgress: console.error,
})
const call = callerOf(running.api, running.keys[PRODUCT]?.admin ?? '')
const connection = await Connection.connect({ address: running.temporal_address })
const client = new Client({ connection })
const folder = join(import.meta.dirname, '../test/replay/histories', version)
mkdirSync(folder, { recursive: true })

const account = `/v1/accounts/recorded-${randomUUID().slice(0, 8)}`
await call('PUT', account, {})
await call('POST', `${account}/grants`, { source: 'purchased', amount: 50, reason: 'recording' }, 'credits')

/** The calls that follow the reservation, by the name of the history. */
const stories: Record<string, [act: string, body: object][]> = {
  completed: [['complete', {}]],
  'partly-delivered': [['complete', { delivered: 1 }]],
  'item-by-item': [
    ['complete', { items: [{ index: 0, ok: true }] }],
    ['complete', { items: [{ index: 0, ok: true }] }],
    ['complete', { items: [{ index: 1, ok: false }] }],
  ],
  failed: [['fail', { reason: 'recording' }]],
  'cancelled-then-completed-in-vain': [
    ['cancel', {}],
    ['complete', {}],
  ],
  'timed-out': [],
}

for (const [name, acts] of Object.entries(stories)) {
  const order = { operation: 'text', outputs: 2, timeout_seconds: acts.length === 0 ? 1 : 600 }
  const { body } = await call('POST', `${account}/generations`, order, name)
  for (const [act, message] of acts) await call('POST', `/v1/generations/${body.id}/${act}`, message)
  await keep(name, generationWorkflowId(PRODUCT, String(body.id)))
}

const id = `recorded-${randomUUID()}`
await client.workflow.execute('generation', {
  workflowId: generationWorkflowId(PRODUCT, id),
  taskQueue: config.temporalTaskQueue,
  args: [
    { product: PRODUCT, account: account.slice('/v1/accounts/'.length), id, operation: 'video', outputs: 10 },
  ],
})
await keep('refused', generationWorkflowId(PRODUCT, id))
await recordMembership()
await recordPurchases()
await recordAudits()
await recordCampaignAndClosure()
await recordCampaignWithWindow()
await recordWebhooks()
await recordWhatIsStartedByWorkers()
await connection.close()

/** Two months, a change, a lapse and a return, then the end; each run that continued the one before is kept. */
async function recordMembership(): Promise<void> {
  const { body: clock } = await call('POST', '/v1/test-clocks', { now: '2027-01-31T00:00:00Z' })
  const member = `/v1/accounts/member-${randomUUID().slice(0, 8)}`
  await call('PUT', member, { test_clock: clock.id })
  const { body } = await call('POST', `${member}/memberships`, {
    plan: 'membership',
    paid_through: '2027-03-31T00:00:00Z',
  })
  const tell = (event: string, message: object = {}) =>
    call('POST', `/v1/memberships/${body.id}/${event}`, message)
  const advance = (to: string) => call('POST', `/v1/test-clocks/${clock.id}/advance`, { to })
  await advance('2027-03-01T00:00:00Z')
  await tell('change', { plan: 'enterprise' })
  await advance('2027-04-15T00:00:00Z')
  await tell('reactivate')
  await tell('cancel', { when: 'now' })
  const workflowId = membershipWorkflowId(PRODUCT, String(body.id))
  await client.workflow.getHandle(workflowId).result()
  let number = 0
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` }))
    keepRun(`membership-run-${++number}`, workflowId, runId)
}

/** One that is paid, disputed and won back, one that was missing and is refunded; both end with the time for refunds. */
async function recordPurchases(): Promise<void> {
  const { body: clock } = await call('POST', '/v1/test-clocks', { now: '2027-01-31T00:00:00Z' })
  const buyer = `/v1/accounts/buyer-${randomUUID().slice(0, 8)}`
  await call('PUT', buyer, { test_clock: clock.id })
  const advance = (to: string) => call('POST', `/v1/test-clocks/${clock.id}/advance`, { to })
  const order = (provider: string) =>
    call('POST', `${buyer}/purchases`, { pack: 'credits', provider }, randomUUID())
  const { body: played } = await order('stripe')
  const { body: wired } = await order('bank_transfer')
  for (const act of ['pay', 'dispute', 'win'])
    await fetch(String(played.checkout_url), { method: 'POST', body: new URLSearchParams({ act }) })
  await call('POST', `/v1/purchases/${wired.id}/missing`, {})
  await call('POST', `/v1/purchases/${wired.id}/payment`, { reference: 'recorded' })
  await call('POST', `/v1/purchases/${wired.id}/refund`, { reason: 'recording' })
  await client.workflow
    .getHandle(purchaseWorkflowId(PRODUCT, String(wired.id)))
    .executeUpdate('event', { args: [{ kind: 'acknowledged' }, 'recorded'] })
  await advance('2027-02-14T00:00:00Z')
  for (const [name, { id }] of Object.entries({ 'disputed-and-won': played, 'late-and-refunded': wired })) {
    const workflowId = purchaseWorkflowId(PRODUCT, String(id))
    await client.workflow.getHandle(workflowId).result()
    keepRun(`purchase-${name}`, workflowId)
  }
}

/** One that finds nothing, and one whose corrections wait for a second person. */
async function recordAudits(): Promise<void> {
  await audited('clean')
  const key = accountKey(PRODUCT, account.slice('/v1/accounts/'.length))
  const db = connectDb(running.database_url, 1)
  await db.query(
    'update lots set granted = granted + 5, available = available + 5 where account_key = $1 and spendable',
    [key],
  )
  await db.end()
  await audited('approved')
  await client.schedule.getHandle(auditSweepId(PRODUCT, config.temporalTaskQueue)).trigger()
  const query = 'WorkflowType = "auditSweep" AND ExecutionStatus = "Completed"'
  for (let tries = 0; tries < 100; tries++) {
    for await (const { workflowId } of client.workflow.list({ query }))
      return keepRun('audit-sweep', workflowId)
    await new Promise(resume => setTimeout(resume, 200))
  }
  throw new Error('no sweep of audits was seen to end')
}

async function audited(name: string): Promise<void> {
  const { body } = await call('POST', `${account}/audits`, {}, name)
  const { body: second } = await call('POST', '/v1/keys', { name: 'second', scope: 'admin' })
  const other = callerOf(running.api, String(second.key))
  if (body.approval) await other('POST', `/v1/approvals/${body.approval}/approve`, {})
  const workflowId = auditWorkflowId(PRODUCT, String(body.id))
  await client.workflow.getHandle(workflowId).result()
  keepRun(`audit-${name}`, workflowId)
}

/** Credits for two accounts; one of them is closed then, with a generation under way. */
async function recordCampaignAndClosure(): Promise<void> {
  const name = `closed-${randomUUID().slice(0, 8)}`
  const path = `/v1/accounts/${name}`
  await call('PUT', path, {})
  const { body } = await call('POST', '/v1/campaigns', {
    name: 'recording',
    source: 'promotional',
    amount: 5,
    audience: { accounts: [name, account.slice('/v1/accounts/'.length)] },
  })
  const given = campaignWorkflowId(PRODUCT, String(body.id))
  await client.workflow.getHandle(given).result()
  keepRun('campaign-two-accounts', given)
  await call('POST', `${path}/generations`, { operation: 'text' }, name)
  await call('DELETE', path)
  const closed = closureWorkflowId(PRODUCT, accountKey(PRODUCT, name))
  await client.workflow.getHandle(closed).result()
  keepRun('closure-with-a-generation', closed)
}

/** One that is paused and resumed, that somebody joins, and that ends with its window. */
async function recordCampaignWithWindow(): Promise<void> {
  const until = new Date(Date.now() + 8_000).toISOString()
  const spring = { name: 'spring', source: 'promotional', amount: 5, audience: 'all', window: { until } }
  const { body } = await call('POST', '/v1/campaigns', spring, randomUUID())
  for (const order of ['pause', 'resume']) await call('POST', `/v1/campaigns/${body.id}/${order}`, {})
  await call('PUT', `/v1/accounts/joined-${randomUUID().slice(0, 8)}`, {})
  const workflowId = campaignWorkflowId(PRODUCT, String(body.id))
  await client.workflow.getHandle(workflowId).result()
  keepRun('campaign-with-a-window', workflowId)
}

/** What is taken at the second try, and what a receiver answers that is gone. */
async function recordWebhooks(): Promise<void> {
  const answers = [503, 204, 410]
  const receiver = createServer((_request, response) => response.writeHead(answers.shift() ?? 204).end())
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const { body } = await call('POST', '/v1/webhook-endpoints', { url }, randomUUID())
  const workflowId = webhookDeliveryWorkflowId(PRODUCT, String(body.id))
  for (const name of ['taken-at-last', 'gone']) {
    await call('POST', `/v1/webhook-endpoints/${body.id}/test`, {}, randomUUID())
    await client.workflow.getHandle(workflowId).result()
    keepRun(`webhookDelivery-${name}`, workflowId)
  }
  receiver.close()
}

/** They ask at once when they begin, and once more when told; what has nothing to ask says so. */
async function recordWhatIsStartedByWorkers(): Promise<void> {
  const since = new Date().toISOString()
  const asking = { expiryNotices: [], stripeEvents: [{ since }], gumroadSales: [{ product: PRODUCT, since }] }
  for (const [type, args] of Object.entries(asking)) {
    const handle = await begin(type, args)
    await handle.executeUpdate(checkUpdate)
    keepRun(`${type}-asked-twice`, handle.workflowId)
    await handle.terminate('recorded')
  }
  const ending = {
    auditSweep: [{ product: PRODUCT, accounts_per_minute: 600, repair: false }],
    webhookDelivery: [{ product: PRODUCT, endpoint: 'deleted-meanwhile' }],
  }
  for (const [type, args] of Object.entries(ending)) {
    const handle = await begin(type, args)
    await handle.result()
    keepRun(`${type}-ended`, handle.workflowId)
  }
}

function begin(type: string, args: unknown[]) {
  const workflowId = `recorded-${type}-${randomUUID()}`
  return client.workflow.start(type, { workflowId, taskQueue: config.temporalTaskQueue, args })
}

async function keep(name: string, workflowId: string): Promise<void> {
  await client.workflow.getHandle(workflowId).result()
  keepRun(`generation-${name}`, workflowId)
}

function keepRun(name: string, workflowId: string, runId?: string): void {
  const file = join(folder, `${name}.json`)
  const which = ['--workflow-id', workflowId, ...(runId ? ['--run-id', runId] : [])]
  const address = ['--address', running.temporal_address, '--namespace', config.temporalNamespace]
  writeFileSync(file, execFileSync(cli, ['workflow', 'show', ...which, '--output', 'json', ...address]))
  console.log(file)
}
