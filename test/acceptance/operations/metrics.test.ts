import { randomUUID } from 'node:crypto'
import { dismissPayment, keepUnassigned } from '../../../db/purchases/unassigned-payments.ts'
import { becomesTrue } from '../../../scripts/servers/processes.ts'
import { type FaultProxy, startFaultProxy } from '../../support/network/fault-proxy.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { startReceiver } from '../../support/stand-ins/webhook-receiver.ts'

let lotkeeper: Lotkeeper
let proxy: FaultProxy

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ WEBHOOKS_TO_LOOPBACK: 'on' }, { overrideAddresses: throughProxy })
})
afterAll(async () => {
  await lotkeeper.stop()
  await proxy.stop()
})

async function throughProxy({ databaseUrl, temporalAddress }: { databaseUrl: string; temporalAddress: string }) {
  const url = new URL(databaseUrl)
  proxy = await startFaultProxy(url.host)
  url.host = proxy.host
  return { databaseUrl: url.href, temporalAddress }
}

async function metrics(): Promise<string> {
  const { status, body } = await lotkeeper.with('').get('/metrics')
  expect(status).toBe(200)
  return body
}

/** Waits for metrics with these lines, since values are cached for some seconds. @returns all metrics */
async function metricsWith(...lines: string[]): Promise<string> {
  let text = ''
  const hasLines = async () => {
    text = await metrics()
    return lines.every(each => text.includes(`${each}\n`))
  }
  if (await becomesTrue(hasLines, 30)) return text
  throw new Error(`${lines.join('\n')} is missing in:\n${text}`)
}

it('requests are measured by route template, and refusals by code', async () => {
  const calls = lotkeeper.as('kvidai')
  await calls.put('/v1/accounts/measured', {})
  await calls.get('/v1/accounts/measured/balance')
  await calls.post('/v1/accounts/measured/generations', { operation: 'image' })
  await calls.get('/v1/accounts/nobody')
  await lotkeeper.with('wrong').get('/v1/accounts/measured')
  await calls.get('/nowhere/measured')
  const text = await metricsWith(
    'lotkeeper_http_request_duration_seconds_count{method="GET",route="/v1/accounts/:account/balance",status="200"} 1',
    'lotkeeper_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
    'lotkeeper_refusals_total{product="kvidai",code="insufficient_credits"} 1',
    'lotkeeper_refusals_total{product="kvidai",code="not_found"} 1',
    'lotkeeper_refusals_total{product="",code="unauthorized"} 1',
  )
  expect(text).not.toMatch(/measured|nobody/)
})

it('open and overdue holds, purchases and grants are counted by product; accounts on test clocks are never overdue', async () => {
  const calls = lotkeeper.as('kvidai')
  await calls.put('/v1/accounts/late', {})
  await calls.post('/v1/accounts/late/grants', { source: 'purchased', amount: 100, reason: 'test' })
  for (const _ of [1, 2]) await calls.post('/v1/accounts/late/generations', { operation: 'image' })
  await metricsWith(
    'lotkeeper_up{part="postgres"} 1',
    'lotkeeper_up{part="temporal"} 1',
    'lotkeeper_holds_open{product="kvidai"} 2',
    'lotkeeper_holds_overdue{product="kvidai"} 0',
    'lotkeeper_holds_open{product="branding"} 0',
    'lotkeeper_accounts_with_findings{product="kvidai"} 0',
    'lotkeeper_needs_attention{state="running"} 0',
  )

  const { body } = await calls.post('/v1/accounts/late/purchases', {
    pack: 'credits',
    provider: 'bank_transfer',
  })
  await calls.post(`/v1/purchases/${body.id}/missing`)
  await calls.post('/v1/accounts/late/memberships', { plan: 'membership' })
  const { body: clock } = await calls.post('/v1/test-clocks', { now: '2020-01-01T00:00:00Z' })
  await calls.put('/v1/accounts/on-clock', { test_clock: clock.id })
  await calls.post('/v1/accounts/on-clock/memberships', { plan: 'membership' })
  // As if no worker had run for minutes.
  await lotkeeper.db.query(`update holds set deadline = now() - interval '2 minutes' where generation =
    (select min(generation) from holds where state = 'reserved')`)
  await lotkeeper.db.query(
    `update memberships set next_due_at = now() - interval '6 minutes' where next_due_at > now()`,
  )
  await metricsWith(
    'lotkeeper_holds_overdue{product="kvidai"} 1',
    'lotkeeper_purchases_delayed{product="kvidai"} 1',
    'lotkeeper_grants_late{product="kvidai"} 1',
    'lotkeeper_needs_attention{state="running"} 1',
    'lotkeeper_attention_open{product="kvidai"} 1',
    'lotkeeper_attention_overdue{product="kvidai"} 0',
  )
  await lotkeeper.db.query(`update attention set since = since - interval '2 days'`)
  await metricsWith('lotkeeper_attention_overdue{product="kvidai"} 1')
})

it('payments that fit no purchase are counted until a person has dealt with them', async () => {
  const { db } = lotkeeper
  const payment = `pi_${randomUUID()}`
  const event = { purchase: null, references: [payment], paid: { amount: 9900, currency: 'KRW', at: null } }
  await keepUnassigned(db, { product: 'x-design', provider: 'stripe', payment }, event)
  await metricsWith(
    'lotkeeper_unassigned_payments{product="x-design"} 1',
    'lotkeeper_unassigned_payments{product="kvidai"} 0',
  )
  await dismissPayment(db, 'x-design', { payment, actor: 'support', reason: 'test' }, null)
  await metricsWith('lotkeeper_unassigned_payments{product="x-design"} 0')
})

it('undelivered events are late after five minutes, unless the endpoint is disabled', async () => {
  const calls = lotkeeper.as('branding')
  const receiver = await startReceiver()
  receiver.answer(500)
  const { body } = await calls.post('/v1/webhook-endpoints', {
    url: receiver.url,
    events: ['credits.granted'],
  })
  await calls.put('/v1/accounts/subscribed', {})
  await calls.post('/v1/accounts/subscribed/grants', { source: 'bonus', amount: 1, reason: 'test' })
  await receiver.waitFor(1)
  await metricsWith('lotkeeper_webhooks_late{product="branding"} 0')
  await lotkeeper.db.query(`update webhook_deliveries set started_at = started_at - interval '6 minutes'`)
  await metricsWith('lotkeeper_webhooks_late{product="branding"} 1')
  await lotkeeper.db.query('update webhook_endpoints set disabled_at = now() where endpoint = $1', [body.id])
  await metricsWith('lotkeeper_webhooks_late{product="branding"} 0')
  await receiver.stop()
})

it('without PostgreSQL lotkeeper_up is 0, and values from the database are omitted', async () => {
  proxy.cut()
  const text = await metricsWith('lotkeeper_up{part="postgres"} 0', 'lotkeeper_up{part="temporal"} 1')
  expect(text).not.toMatch(/^lotkeeper_holds_open\{/m)
  await proxy.restore()
  await metricsWith('lotkeeper_up{part="postgres"} 1', 'lotkeeper_holds_open{product="kvidai"} 2')
})
