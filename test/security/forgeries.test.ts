import crypto, { createHmac, randomUUID } from 'node:crypto'
import { signAsStripe } from '../../payments/stripe/webhook.ts'
import type { Caller } from '../support/clients/caller.ts'
import { memoryLog } from '../support/memory-log.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

// Forged Stripe events, Gumroad pings and client addresses.

const OWN = 'whsec_of_kvidai'
const OTHER = 'whsec_of_branding'

let lotkeeper: Lotkeeper
let kvidai: Caller

beforeAll(async () => {
  const settings = {
    STRIPE_WEBHOOK_SECRET_KVIDAI: OWN,
    STRIPE_WEBHOOK_SECRET_BRANDING: OTHER,
    GUMROAD_WEBHOOK_SECRET: 'the-secret-of-pings',
  }
  // In this process, where a test observes the comparison of secrets.
  lotkeeper = await startLotkeeper(settings, { logger: memoryLog().logger })
  kvidai = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

/** Creates an unpaid purchase and the event that pays it. */
async function createUnpaidPurchase() {
  const account = `/v1/accounts/${randomUUID()}`
  await kvidai.put(account, {})
  const { body: purchase } = await kvidai.post(`${account}/purchases`, {
    pack: 'credits',
    provider: 'stripe',
  })
  const session = {
    id: `cs_${purchase.id}`,
    object: 'checkout.session',
    mode: 'payment',
    status: 'complete',
    payment_status: 'paid',
    amount_total: purchase.amount,
    currency: purchase.currency.toLowerCase(),
    client_reference_id: purchase.id,
    metadata: { purchase: purchase.id },
    payment_intent: `pi_${purchase.id}`,
    livemode: false,
  }
  const created = Math.floor(Date.now() / 1000)
  const type = 'checkout.session.completed'
  const event = {
    id: `evt_${randomUUID()}`,
    object: 'event',
    type,
    created,
    livemode: false,
    data: { object: session },
  }
  const available = async () => (await kvidai.get(`${account}/balance`)).body.available
  return { payload: JSON.stringify(event), available, credits: purchase.credits }
}

async function send(payload: string, signature: string | null, product = 'kvidai') {
  const headers = {
    'content-type': 'application/json',
    ...(signature === null ? {} : { 'stripe-signature': signature }),
  }
  const response = await fetch(`${lotkeeper.url}/webhooks/stripe/${product}`, {
    method: 'POST',
    headers,
    body: payload,
  })
  return { status: response.status, body: (await response.json()) as any }
}

const sign = (payload: string, secret: string, time = Math.floor(Date.now() / 1000), scheme = 'v1') =>
  `t=${time},${scheme}=${createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex')}`

it('only an event with a current signature for this product grants credits, and a replay grants none', async () => {
  const { payload, available, credits } = await createUnpaidPurchase()
  const now = Math.floor(Date.now() / 1000)
  const good = sign(payload, OWN)
  const forged: (string | null)[] = [
    null,
    '',
    't=,v1=',
    `t=${now}`,
    `t=${now},v1=`,
    `t=${now},v1=${'0'.repeat(64)}`,
    good.slice(0, -1),
    good.slice(0, -32),
    good.replace('v1=', 'v0='),
    sign(payload, OWN, now, 'v0'),
    sign(payload, OTHER),
    sign(payload, ''),
    sign(payload, 'undefined'),
    sign(`${payload} `, OWN),
    sign(payload, OWN, now - 301),
    sign(payload, OWN, now + 900),
    sign(payload, OWN, now - 600).replace(/t=\d+/, `t=${now}`),
    `${sign(payload, OWN, now - 600)},t=${now}`,
    `t=${now},${sign(payload, OWN, now + 86_400)}`,
    `t=NaN,v1=${createHmac('sha256', OWN).update(`NaN.${payload}`).digest('hex')}`,
    `t=-1,v1=${createHmac('sha256', OWN).update(`-1.${payload}`).digest('hex')}`,
    'x'.repeat(4_000),
  ]
  for (const signature of forged) {
    const { status, body } = await send(payload, signature)
    expect([signature, status, body.code]).toEqual([signature, 422, 'invalid_request'])
  }
  expect((await send(payload, good, 'branding')).status).toBe(422)
  expect((await send(payload, good, 'nobody')).status).toBe(404)
  expect((await send(payload, good, '__proto__')).status).toBe(404)
  expect((await send(payload.replace(/"amount_total":\d+/, '"amount_total":1'), good)).status).toBe(422)
  expect(await available()).toBe(0)
  for (let i = 0; i < 5; i++) expect((await send(payload, signAsStripe(payload, OWN, new Date()))).status).toBe(200)
  expect(await available()).toBe(credits)
  console.info(`${forged.length + 4} forged events of Stripe`)
})

it('a ping needs the complete secret', async () => {
  const secrets = [
    '',
    '?secret=',
    '?secret=the-secret-of-ping',
    '?secret=the-secret-of-pings%20',
    '?secret=THE-SECRET-OF-PINGS',
    '?secret=the-secret-of-pings%00',
    '?secret[]=the-secret-of-pings',
    '?secret=a&secret=the-secret-of-pings',
    '?Secret=the-secret-of-pings',
  ]
  const body = new URLSearchParams({
    sale_id: 'sale_1',
    product_permalink: 'starter',
    price: '499',
    email: 'a@example.org',
  })
  for (const secret of secrets) {
    const response = await fetch(`${lotkeeper.url}/webhooks/gumroad/myai${secret}`, { method: 'POST', body })
    const { code } = (await response.json()) as any
    expect([secret, response.status, code]).toEqual([secret, 401, 'unauthorized'])
  }
  expect((await lotkeeper.as('myai').get('/v1/purchases')).body.data).toEqual([])
})

it('secrets are compared in constant time only', async () => {
  const { payload, available, credits } = await createUnpaidPurchase()
  const forged = sign(payload, OWN).replace(/.$/, last => (last === '0' ? '1' : '0'))
  const ping = async () => {
    const body = new URLSearchParams({ sale_id: 'sale_2' })
    const url = `${lotkeeper.url}/webhooks/gumroad/myai?secret=wrong`
    return (await fetch(url, { method: 'POST', body })).status
  }
  expect([(await send(payload, forged)).status, await ping()]).toEqual([422, 401])
  // With this comparison mocked to be true, both requests pass: it is the only check.
  const compared = jest.spyOn(crypto, 'timingSafeEqual').mockReturnValue(true)
  try {
    expect((await send(payload, forged)).status).toBe(200)
    expect(await available()).toBe(credits)
    expect(await ping()).not.toBe(401)
    expect(compared).toHaveBeenCalledTimes(2)
  } finally {
    compared.mockRestore()
  }
})

/** Checks wrong codes, each with another key, so that only the client address is the same. */
async function sendWrongCodes(times: number, forwarded: (i: number) => string, from = lotkeeper) {
  const admin = from.as('myai')
  const statuses = []
  for (let i = 0; i < times; i++) {
    const { body: created } = await admin.post('/v1/keys', {
      name: `attempter-${randomUUID()}`,
      scope: 'generate',
    })
    const response = await fetch(`${from.url}/v1/codes/check`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${created.key}`,
        'content-type': 'application/json',
        'x-forwarded-for': forwarded(i),
        forwarded: `for=10.0.0.${i % 250}`,
        'x-real-ip': `10.0.0.${i % 250}`,
      },
      body: JSON.stringify({ code: `ABCD-EFGH-JKLM-${String(i).padStart(4, '2')}` }),
    })
    statuses.push(response.status)
  }
  return statuses
}

it('X-Forwarded-For does not evade the limit on code attempts', async () => {
  const statuses = await sendWrongCodes(61, i => `10.9.${i}.1, 10.8.0.1`)
  expect(statuses[0]).toBe(404)
  expect(statuses.at(-1)).toBe(429)
})

it('behind a proxy the client address is the one that the proxy adds', async () => {
  const proxied = await startLotkeeper({ TRUST_PROXY: '1' })
  const statuses = await sendWrongCodes(61, i => `10.9.${i}.1, 203.0.113.7`, proxied)
  expect(statuses.at(-1)).toBe(429)
  const [otherAddress] = await sendWrongCodes(1, () => '10.9.0.1, 203.0.113.8', proxied)
  expect(otherAddress).toBe(404)
  await proxied.stop()
})
