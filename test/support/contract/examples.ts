import { randomUUID } from 'node:crypto'
import type { Example } from '../../../api/docs/examples/example.ts'
import { examples } from '../../../api/docs/examples/index.ts'
import { PAYMENTS } from '../../../api/docs/examples/purchases.ts'
import { insertPaymentEvent } from '../../../db/purchases/payment-events.ts'
import { keepUnassigned } from '../../../db/purchases/unassigned-payments.ts'
import type { Answer } from '../clients/caller.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'

/** A request of an example with valid ids. */
export type ExampleRequest = {
  /** as in the OpenAPI document: `post /v1/accounts/{account}/grants` */
  operation: string
  product: string
  params: Record<string, string>
  query: Record<string, string>
  body: Record<string, unknown> | undefined
}

/** Sends the examples of the documentation to a running server; answers define the ids of later requests. */
export type ExampleRunner = {
  send(example: Example): Promise<{ status: number; body: any }>
  /** the example as it would be sent now */
  toRequest(example: Example): ExampleRequest
  /** a text with the sample ids of the examples instead of the real ones; short ids could be anything else, and stay */
  withSampleIds(text: string): string
}

/** A product whose policy supports an example. */
const PRODUCTS = {
  'lifetime plans': 'branding',
  codes: 'myai',
  corrections: 'listing-studio',
  compensations: 'branding',
}

export function createExampleRunner(lotkeeper: Lotkeeper): ExampleRunner {
  /** The real id of each sample id in the examples. */
  const realIds = new Map<string, string>()
  const replaceIds = <T>(value: T): T => {
    let text = JSON.stringify(value)
    for (const [sample, id] of realIds) text = text.replaceAll(sample, id)
    return JSON.parse(text)
  }
  const toRequest = ({ operation, of, params = {}, query = {}, body }: Example): ExampleRequest => ({
    ...replaceIds({ operation, product: of ? PRODUCTS[of] : 'kvidai', params, query }),
    body: body && replaceIds(body),
  })
  return {
    toRequest,
    withSampleIds: text =>
      [...realIds].reduce((rest, [sample, id]) => (id.length < 8 ? rest : rest.replaceAll(id, sample)), text),
    async send(example) {
      if (example.operation === 'get /v1/unassigned-payments')
        for (const sample of PAYMENTS) realIds.set(sample, await keepPayment(lotkeeper))
      const request = toRequest(example)
      const key = lotkeeper.keys[request.product]?.[example.scope ?? 'admin'] ?? ''
      const { status, body } = await sendAs(lotkeeper.url, key, request)
      for (const [sample, field] of Object.entries(example.keep ?? {})) realIds.set(sample, valueAt(body, field))
      return { status, body }
    },
  }
}

/**
 * Keeps a payment, as only a provider's webhook does. Its id is new, because the id of the purchase and of its workflow derive
 * from it, and other test files share the Temporal server.
 */
async function keepPayment({ db }: Lotkeeper): Promise<string> {
  const payment = `pi_${randomUUID()}`
  const event = { purchase: null, references: [payment], paid: { amount: 9900, currency: 'KRW', at: null } }
  await insertPaymentEvent(db, { product: 'kvidai', provider: 'stripe', event_id: payment }, event)
  await keepUnassigned(db, { product: 'kvidai', provider: 'stripe', payment }, event)
  return payment
}

/** Sends all examples in order; each must succeed. @returns the requests */
export async function runExamples(lotkeeper: Lotkeeper): Promise<ExampleRequest[]> {
  const runner = createExampleRunner(lotkeeper)
  for (const example of examples) {
    const { status, body } = await runner.send(example)
    expect({ ...example, refusal: status < 300 ? undefined : (body.code ?? status) }).toEqual(example)
  }
  return examples.map(example => runner.toRequest(example))
}

/** The method and URL of a request. */
export function addressOf({ operation, params, query }: ExampleRequest): { method: string; path: string } {
  const [method = '', template = ''] = operation.split(' ')
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name) => params[name] ?? `{${name}}`)
  const search = new URLSearchParams(query).toString()
  return { method: method.toUpperCase(), path: `${path}${search && `?${search}`}` }
}

/** Sends a request with a key; the body is JSON, unless it is text already. */
export async function sendAs(
  url: string,
  key: string | null,
  request: Omit<ExampleRequest, 'body'> & { body?: unknown },
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { method, path } = addressOf({ ...request, body: undefined })
  const { body } = request
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text }
}

function valueAt(body: any, field: string): string {
  return field.split('.').reduce((value, part) => value[part], body)
}
