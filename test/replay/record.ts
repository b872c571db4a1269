// npm run record -- VERSION: runs every course of every workflow against the running server (started with
// WEBHOOKS_TO_LOOPBACK=on) and saves the histories in test/replay/histories. Later versions must be able to replay them.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { accountKey } from '../../db/accounts/account-key.ts'
import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import { readConfig } from '../../platform/config.ts'
import { callerOf, findRunning } from '../../scripts/running.ts'
import { findTemporal } from '../../scripts/servers/temporal-binary.ts'
import {
  auditWorkflowId,
  campaignWorkflowId,
  closureWorkflowId,
  generationWorkflowId,
  membershipWorkflowId,
  purchaseWorkflowId,
  scheduleId,
  webhookDeliveryWorkflowId,
} from '../../workflows/contract/ids.ts'
import { callerTimedOutSignal } from '../../workflows/contract/messages.ts'

const PRODUCT = 'kvidai'
const [version] = process.argv.slice(2)
if (!version) throw new Error('Usage: npm run record -- VERSION')
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
const folder = join(import.meta.dirname, 'histories', version)
mkdirSync(folder, { recursive: true })

const account = `/v1/accounts/recorded-${randomUUID().slice(0, 8)}`
await call('PUT', account, {})
await call('POST', `${account}/grants`, { source: 'purchased', amount: 50, reason: 'recording' }, 'credits')

/** Calls after the reservation, by name of the history. */
const generationCases: Record<string, [action: string, body: object][]> = {
  completed: [['complete', {}]],
  'partly-delivered': [['complete', { delivered: 1 }]],
  'item-by-item': [
    ['complete', { items: [{ index: 0, ok: true }] }],
    ['complete', { items: [{ index: 0, ok: true }] }],
    ['complete', { items: [{ index: 1, ok: false }] }],
  ],
  failed: [['fail', { reason: 'recording' }]],
  'cancelled-then-completed': [
    ['cancel', {}],
    ['complete', {}],
  ],
  'timed-out': [],
}

for (const [name, actions] of Object.entries(generationCases)) {
  const request = { operation: 'text', outputs: 2, timeout_seconds: actions.length === 0 ? 1 : 600 }
  const { body } = await call('POST', `${account}/generations`, request, name)
  for (const [action, message] of actions) await call('POST', `/v1/generations/${body.id}/${action}`, message)
  await saveGeneration(name, generationWorkflowId(PRODUCT, String(body.id)))
}

await client.workflow.execute('generation', directStart('refused', { operation: 'video', outputs: 10 }))
await saveGeneration('refused', generationWorkflowId(PRODUCT, 'recorded-refused'))
await client.workflow.signalWithStart('generation', {
  ...directStart('caller-timed-out', { operation: 'text' }),
  signal: callerTimedOutSignal,
  signalArgs: ['an update that is not sent'],
})
await saveGeneration('caller-timed-out', generationWorkflowId(PRODUCT, 'recorded-caller-timed-out'))
await recordMembership()
await recordPurchases()
await recordAudits()
await recordCampaignAndClosure()
await recordCampaignWithWindow()
await recordWebhooks()
await recordBackgroundWorkflows()
await connection.close()

/** Start options of a generation without the HTTP API. */
function directStart(name: string, request: { operation: string; outputs?: number }) {
  const input = { product: PRODUCT, account: account.slice('/v1/accounts/'.length), id: `recorded-${name}` }
  return {
    workflowId: generationWorkflowId(PRODUCT, input.id),
    taskQueue: config.temporalTaskQueue,
    args: [{ ...input, ...request }],
  }
}

/** Two months, a change, a lapse, a reactivation and the end, one history per run. */
async function recordMembership(): Promise<void> {
  const { body: clock } = await call('POST', '/v1/test-clocks', { now: '2027-01-31T00:00:00Z' })
  const member = `/v1/accounts/member-${randomUUID().slice(0, 8)}`
  await call('PUT', member, { test_clock: clock.id })
  const { body } = await call('POST', `${member}/memberships`, {
    plan: 'membership',
    paid_through: '2027-03-31T00:00:00Z',
  })
  const send = (event: string, message: object = {}) => call('POST', `/v1/memberships/${body.id}/${event}`, message)
  const advance = (to: string) => call('POST', `/v1/test-clocks/${clock.id}/advance`, { to })
  await advance('2027-03-01T00:00:00Z')
  await send('change', { plan: 'enterprise' })
  await advance('2027-04-15T00:00:00Z')
  await send('reactivate')
  await send('cancel', { when: 'now' })
  const workflowId = membershipWorkflowId(PRODUCT, String(body.id))
  await client.workflow.getHandle(workflowId).result()
  let number = 0
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` }))
    saveRun(`membership-run-${++number}`, workflowId, runId)
}

/** A purchase that is paid, disputed and won; one that is paid late and refunded. Both end with the refund window. */
async function recordPurchases(): Promise<void> {
  const { body: clock } = await call('POST', '/v1/test-clocks', { now: '2027-01-31T00:00:00Z' })
  const buyer = `/v1/accounts/buyer-${randomUUID().slice(0, 8)}`
  await call('PUT', buyer, { test_clock: clock.id })
  const advance = (to: string) => call('POST', `/v1/test-clocks/${clock.id}/advance`, { to })
  const buy = (provider: string) => call('POST', `${buyer}/purchases`, { pack: 'credits', provider }, randomUUID())
  const { body: disputed } = await buy('stripe')
  const { body: late } = await buy('bank_transfer')
  for (const act of ['pay', 'dispute', 'win'])
    await fetch(String(disputed.checkout_url), { method: 'POST', body: new URLSearchParams({ event: act }) })
  await call('POST', `/v1/purchases/${late.id}/missing`, {})
  await call('POST', `/v1/purchases/${late.id}/payment`, { reference: 'recorded' })
  await call('POST', `/v1/purchases/${late.id}/refund`, { reason: 'recording' })
  await client.workflow
    .getHandle(purchaseWorkflowId(PRODUCT, String(late.id)))
    .executeUpdate('event', { args: [{ kind: 'acknowledged' }, 'recorded'] })
  await advance('2027-02-14T00:00:00Z')
  for (const [name, { id }] of Object.entries({ 'disputed-and-won': disputed, 'late-and-refunded': late })) {
    const workflowId = purchaseWorkflowId(PRODUCT, String(id))
    await client.workflow.getHandle(workflowId).result()
    saveRun(`purchase-${name}`, workflowId)
  }
}

/** An audit without findings, and one whose repairs need a second person's approval. */
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
  await client.schedule.getHandle(scheduleId('audit-sweep', config.temporalTaskQueue, PRODUCT)).trigger()
  const query = 'WorkflowType = "auditSweep" AND ExecutionStatus = "Completed"'
  for (let tries = 0; tries < 100; tries++) {
    for await (const { workflowId } of client.workflow.list({ query })) return saveRun('audit-sweep', workflowId)
    await new Promise(resume => setTimeout(resume, 200))
  }
  throw new Error('No audit sweep completed.')
}

async function audited(name: string): Promise<void> {
  const { body } = await call('POST', `${account}/audits`, {}, name)
  if (body.approval) await approve(String(body.approval))
  const workflowId = auditWorkflowId(PRODUCT, String(body.id))
  await client.workflow.getHandle(workflowId).result()
  saveRun(`audit-${name}`, workflowId)
}

/** A key made on the server counts as a second person. */
async function approve(approval: string): Promise<void> {
  const db = connectDb(running.database_url, 1)
  const { key } = await createKey(db, PRODUCT, { name: 'second', scope: 'admin' })
  await db.end()
  await callerOf(running.api, key)('POST', `/v1/approvals/${approval}/approve`, {})
}

/** A campaign for two accounts, then the closure of one with an open generation. */
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
  saveRun('campaign-two-accounts', given)
  await call('POST', `${path}/generations`, { operation: 'text' }, name)
  await call('DELETE', path)
  const closed = closureWorkflowId(PRODUCT, accountKey(PRODUCT, name))
  await client.workflow.getHandle(closed).result()
  saveRun('closure-with-a-generation', closed)
}

/** A campaign that is paused and resumed, gains an account, and ends with its window. */
async function recordCampaignWithWindow(): Promise<void> {
  const until = new Date(Date.now() + 8_000).toISOString()
  const spring = { name: 'spring', source: 'promotional', amount: 5, audience: 'all', window: { until } }
  const { body } = await call('POST', '/v1/campaigns', spring, randomUUID())
  for (const action of ['pause', 'resume']) await call('POST', `/v1/campaigns/${body.id}/${action}`, {})
  await call('PUT', `/v1/accounts/joined-${randomUUID().slice(0, 8)}`, {})
  const workflowId = campaignWorkflowId(PRODUCT, String(body.id))
  await client.workflow.getHandle(workflowId).result()
  saveRun('campaign-with-a-window', workflowId)
}

/** A delivery that succeeds at the second attempt, and one to an endpoint that responds with 410. */
async function recordWebhooks(): Promise<void> {
  const statuses = [503, 204, 410]
  const receiver = createServer((_request, response) => response.writeHead(statuses.shift() ?? 204).end())
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const { body } = await call('POST', '/v1/webhook-endpoints', { url }, randomUUID())
  const workflowId = webhookDeliveryWorkflowId(PRODUCT, String(body.id))
  for (const name of ['second-attempt', 'gone']) {
    await call('POST', `/v1/webhook-endpoints/${body.id}/test`, {}, randomUUID())
    await client.workflow.getHandle(workflowId).result()
    saveRun(`webhookDelivery-${name}`, workflowId)
  }
  receiver.close()
}

/** The workflows of schedules, and one that ends because nothing is to be done. */
async function recordBackgroundWorkflows(): Promise<void> {
  const inputs = {
    auditSweep: { product: PRODUCT, accounts_per_minute: 600, repair: false },
    emailDelivery: { product: PRODUCT },
    expiryNotices: {},
    gumroadSales: { product: PRODUCT },
    policyAnnouncements: { product: PRODUCT, accounts_per_minute: 600 },
    reconcile: {},
    stripeEvents: {},
    webhookDelivery: { product: PRODUCT, endpoint: 'deleted' },
  }
  for (const [type, input] of Object.entries(inputs)) {
    const handle = await start(type, [input])
    await handle.result()
    saveRun(`${type}-ended`, handle.workflowId)
  }
}

function start(type: string, args: unknown[]) {
  const workflowId = `recorded-${type}-${randomUUID()}`
  return client.workflow.start(type, { workflowId, taskQueue: config.temporalTaskQueue, args })
}

async function saveGeneration(name: string, workflowId: string): Promise<void> {
  await client.workflow.getHandle(workflowId).result()
  saveRun(`generation-${name}`, workflowId)
}

function saveRun(name: string, workflowId: string, runId?: string): void {
  const file = join(folder, `${name}.json`)
  const ref = ['--workflow-id', workflowId, ...(runId ? ['--run-id', runId] : [])]
  const address = ['--address', running.temporal_address, '--namespace', config.temporalNamespace]
  writeFileSync(file, execFileSync(cli, ['workflow', 'show', ...ref, '--output', 'json', ...address]))
  console.log(file)
}
