import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Refused } from '../../domain/shared/refusals.ts'
import { gumroadFor } from '../../payments/gumroad/sales.ts'
import { stripeCheckout } from '../../payments/stripe/checkout.ts'
import { stripeClient } from '../../payments/stripe/client.ts'
import { order } from './example-order.ts'

// A definite refusal by a provider needs a person; everything else is an outage and is retried.

let status = 200
let body: unknown = {}
const server = createServer((request, response) => {
  if (status === 0) return void request.socket.destroy()
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
})
let url: string

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise(resolve => server.close(resolve)))

async function refusalOf(call: () => Promise<unknown> | undefined) {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ...error.refusal, message: error.message }
  }
}

const MESSAGE = 'The provided key rk_live_*** lacks the permission checkout_write.'

describe.each([
  [400, 'invalid_request_error', undefined, 'provider_refused'],
  [400, 'idempotency_error', undefined, 'provider_refused'],
  [401, 'invalid_request_error', undefined, 'provider_refused'],
  [403, 'invalid_request_error', undefined, 'provider_refused'],
  [404, 'invalid_request_error', 'resource_missing', 'provider_refused'],
  [400, 'invalid_request_error', 'rate_limit', 'temporarily_unavailable'],
  [409, 'invalid_request_error', 'idempotency_key_in_use', 'temporarily_unavailable'],
  [429, 'invalid_request_error', undefined, 'temporarily_unavailable'],
  [500, 'api_error', undefined, 'temporarily_unavailable'],
  [503, 'api_error', undefined, 'temporarily_unavailable'],
  [0, '', undefined, 'temporarily_unavailable'],
])('Stripe answers %i %s %s', (answered, type, errorCode, code) => {
  const checkout = () => stripeCheckout(stripeClient('sk_test_1', url), 'https://example.com/done')
  beforeEach(() => {
    status = answered
    body = { error: { type, code: errorCode, message: MESSAGE } }
  })

  it.each([
    ['a page', () => checkout().checkout?.(order)],
    ['a refund', () => checkout().refund(order)],
  ])(`to ${code} for %s, with its message for operators only`, async (_, call) => {
    const found = await refusalOf(call)
    expect(found).toMatchObject({ code })
    expect(JSON.stringify(found).includes(MESSAGE)).toBe(code === 'provider_refused')
    expect(found).not.toMatchObject({ detail: expect.stringContaining(MESSAGE) })
  })
})

it.each([
  [400, { success: false, message: MESSAGE }, 'provider_refused'],
  [401, { success: false, message: MESSAGE }, 'provider_refused'],
  [403, { error: MESSAGE }, 'provider_refused'],
  [404, { success: false, message: 'The sale was not found.' }, null],
  [200, { success: false, message: 'The sale was not found.' }, null],
  [429, { success: false }, 'temporarily_unavailable'],
  [500, { success: false }, 'temporarily_unavailable'],
  [502, '<html>', 'temporarily_unavailable'],
  [200, '<html>', 'temporarily_unavailable'],
  [0, {}, 'temporarily_unavailable'],
])('Gumroad answers %i %j: %s', async (answered, answer, code) => {
  status = answered
  body = answer
  const found = await refusalOf(() => gumroadFor({ token: 't', apiBase: url })?.sale('sale-1'))
  if (code === null) expect(found).toBeNull()
  else expect(found).toMatchObject({ code })
  if (code === 'provider_refused') expect(found).toMatchObject({ message: expect.stringContaining(MESSAGE) })
})
