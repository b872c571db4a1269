import { randomBytes, randomUUID } from 'node:crypto'
import { SpanKind } from '@opentelemetry/api'
import { tracing as sdk } from '@opentelemetry/sdk-node'
import { pino } from 'pino'
import { startApi } from '../../../api/start.ts'
import { readConfig } from '../../../platform/config.ts'
import { startTracing } from '../../../platform/tracing/start.ts'
import { startWorker } from '../../../worker/start.ts'
import { createDatabase, type TestDatabase, temporalAddress } from '../../support/run/servers.ts'
import { connectLotkeeper, type Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

const exporter = new sdk.InMemorySpanExporter()
const lines: Record<string, unknown>[] = []
const logger = pino({}, { write: line => void lines.push(JSON.parse(line)) })

let lotkeeper: Lotkeeper
let database: TestDatabase
let stop: () => Promise<unknown>

beforeAll(async () => {
  database = await createDatabase()
  const config = {
    ...readConfig({
      NODE_ENV: 'test',
      PORT: '0',
      OTEL_TRACES_EXPORTER: 'otlp',
      TEMPORAL_TASK_QUEUE: `test-${randomUUID()}`,
      GUMROAD_WEBHOOK_SECRET: 'a-secret-of-pings',
    }),
    databaseUrl: database.url,
    temporalAddress: temporalAddress(),
  }
  await startTracing(config, [new sdk.SimpleSpanProcessor(exporter)])
  // The bundle has the interceptors of workflows, so it is made here.
  const [worker, api] = [await startWorker(config, { logger }), await startApi(config, logger)]
  lotkeeper = await connectLotkeeper(api.url, config, database.url)
  stop = () => Promise.all([api.stop(), worker.stop(), lotkeeper.stop()])
})
afterAll(async () => {
  await stop?.()
  await database?.drop()
})

/** Sends a request as a caller with a trace. @returns the response, and the names of its trace's spans after their parents' */
async function traced(path: string, headers: Record<string, string>, body: string) {
  const trace = randomBytes(16).toString('hex')
  const response = await fetch(`${lotkeeper.url}${path}`, {
    method: 'POST',
    headers: { ...headers, traceparent: `00-${trace}-${randomBytes(8).toString('hex')}-01` },
    body,
  })
  expect(response.status).toBeLessThan(300)
  const spans = () => exporter.getFinishedSpans().filter(span => span.spanContext().traceId === trace)
  // The log line is written, and the span of the request ends, once the response is sent.
  const line = await waitFor('the log line', () => lines.find(each => each.trace_id === trace))
  await waitFor('the span of the request', () => spans().find(({ kind }) => kind === SpanKind.SERVER))
  expect(line).toMatchObject({ msg: 'request', span_id: expect.any(String) })
  const nameOf = (id: string | undefined) => spans().find(span => span.spanContext().spanId === id)?.name ?? 'outside'
  const names = spans().map(({ name, parentSpanId }) => `${nameOf(parentSpanId)} > ${name}`)
  return { names, body: (await response.json()) as any }
}

const post = (path: string, body: object) =>
  traced(
    path,
    {
      authorization: `Bearer ${lotkeeper.keys.kvidai?.admin}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    JSON.stringify(body),
  )

it('one trace leads from a request over the workflow and its activity to the SQL command', async () => {
  const account = `/v1/accounts/${randomUUID()}`
  await lotkeeper.as('kvidai').put(account, {})
  await lotkeeper.as('kvidai').post(`${account}/grants`, { source: 'purchased', amount: 9, reason: 'test' }, 'grant')
  const reserved = await post(`${account}/generations`, { operation: 'image' })
  // The span of the workflow ends with the workflow.
  expect(reserved.names).toEqual(
    expect.arrayContaining([
      'outside > POST /v1/accounts/:account/generations',
      'POST /v1/accounts/:account/generations > UpdateWithStartWorkflow:reserve',
      'UpdateWithStartWorkflow:reserve > HandleUpdate:reserve',
      'outside > StartActivity:reserve',
      'StartActivity:reserve > RunActivity:reserve',
      'RunActivity:reserve > SQL reserve',
    ]),
  )
  const completed = await post(`/v1/generations/${reserved.body.id}/complete`, {})
  expect(completed.names).toEqual(
    expect.arrayContaining([
      'POST /v1/generations/:id/complete > StartWorkflowUpdate:complete',
      'StartWorkflowUpdate:complete > HandleUpdate:complete',
      'HandleUpdate:complete > StartActivity:settle',
      'StartActivity:settle > RunActivity:settle',
      'RunActivity:settle > SQL settle',
    ]),
  )
})

it('a webhook that starts a purchase has one trace to its SQL commands', async () => {
  const sale = new URLSearchParams({
    sale_id: randomUUID(),
    product_permalink: 'https://myai.gumroad.com/l/starter',
    email: 'buyer@example.com',
    price: '499',
    currency: 'usd',
    quantity: '1',
  })
  const { names } = await traced('/webhooks/gumroad/myai?secret=a-secret-of-pings', {}, String(sale))
  expect(names).toEqual(
    expect.arrayContaining([
      'POST /webhooks/gumroad/:product > UpdateWithStartWorkflow:open',
      'outside > StartActivity:openPurchase',
      'StartActivity:openPurchase > RunActivity:openPurchase',
      'RunActivity:openPurchase > SQL save_purchase',
    ]),
  )
})
