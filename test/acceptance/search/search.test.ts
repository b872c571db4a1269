import { randomUUID } from 'node:crypto'
import { insertPaymentEvent } from '../../../db/purchases/payment-events.ts'
import { keepUnassigned } from '../../../db/purchases/unassigned-payments.ts'
import { deriveCode } from '../../../domain/codes/codes.ts'
import { serverSecretsOf } from '../../../platform/server-secrets.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper
const mark = randomUUID().slice(0, 8)
const account = `anna-${mark}`
const email = `Anna.${mark}@example.com`
const reference = `statement ${mark}, line 14`
const payment = `pi_${mark}`
let purchase: string
let generation: string
let membership: string

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  const shop = lotkeeper.as('myai')
  const studio = lotkeeper.as('kvidai')
  for (const product of [shop, studio]) await product.put(`/v1/accounts/${account}`, { email })
  const bought = await shop.post(`/v1/accounts/${account}/purchases`, {
    pack: 'starter',
    provider: 'manual',
    buyer_email: `Buyer.${mark}@example.com`,
  })
  purchase = bought.body.id
  await shop.post(`/v1/purchases/${purchase}/payment`, { reference })
  await studio.post(`/v1/accounts/${account}/grants`, { source: 'purchased', amount: 100, reason: 'test' })
  generation = (await studio.post(`/v1/accounts/${account}/charges`, { operation: 'text' })).body.id
  membership = (await studio.post(`/v1/accounts/${account}/memberships`, { plan: 'membership' })).body.id
  const event = { purchase: null, references: [payment], paid: { amount: 9900, currency: 'KRW', at: null } }
  await insertPaymentEvent(lotkeeper.db, { product: 'kvidai', provider: 'stripe', event_id: payment }, event)
  await keepUnassigned(lotkeeper.db, { product: 'kvidai', provider: 'stripe', payment }, event)
})
afterAll(() => lotkeeper?.stop())

type Result = { kind: string; id: string; matched: string; exact: boolean; link: string; title: string }

async function find(product: string, q: string): Promise<Result[]> {
  const { status, body } = await lotkeeper.as(product, 'support').get(`/v1/search?q=${encodeURIComponent(q)}`)
  expect([q, status]).toEqual([q, 200])
  return body.data
}

const codeOf = (id: string) => {
  const secrets = serverSecretsOf(lotkeeper.config)
  return deriveCode(secrets, secrets[0]?.version ?? 1, { product: 'myai', purchase: id, issue: 1 })
}

it('BR-18 MY-07 one search finds whatever a customer says, whole or its beginning', async () => {
  const cases: [product: string, q: string, kind: string, matched: string, exact: boolean, id: string][] = [
    ['myai', account, 'account', 'account', true, account],
    ['myai', account.slice(0, -2), 'account', 'account', false, account],
    ['myai', email.toLowerCase(), 'account', 'email', true, account],
    ['myai', email.toUpperCase().slice(0, 12), 'account', 'email', false, account],
    ['myai', `BUYER.${mark}@example.com`, 'purchase', 'email', true, purchase],
    ['myai', `buyer.${mark}`, 'purchase', 'email', false, purchase],
    ['myai', purchase, 'purchase', 'purchase', true, purchase],
    ['myai', purchase.slice(0, 16), 'purchase', 'purchase', false, purchase],
    ['myai', reference, 'purchase', 'reference', true, purchase],
    ['myai', ` ${reference.slice(0, 18)} `, 'purchase', 'reference', false, purchase],
    ['myai', codeOf(purchase), 'purchase', 'code', true, purchase],
    ['myai', codeOf(purchase).toLowerCase().replaceAll('-', ' '), 'purchase', 'code', true, purchase],
    ['kvidai', generation, 'generation', 'generation', true, generation],
    ['kvidai', generation.slice(0, 16), 'generation', 'generation', false, generation],
    ['kvidai', membership, 'membership', 'membership', true, membership],
    ['kvidai', payment, 'payment', 'reference', true, payment],
  ]
  for (const [product, q, kind, matched, exact, id] of cases)
    expect([q, (await find(product, q))[0]]).toMatchObject([q, { kind, matched, exact, id }])
})

it('a result links to the object in the API', async () => {
  for (const [product, q] of [
    ['myai', account],
    ['myai', purchase],
    ['kvidai', generation],
    ['kvidai', membership],
    ['kvidai', payment],
  ] as const) {
    const [result] = await find(product, q)
    expect([result?.link, (await lotkeeper.as(product).get(result?.link ?? '')).status]).toEqual([result?.link, 200])
  }
})

it('a search and a list never leave the product, and need the scope support', async () => {
  for (const q of [purchase, reference, codeOf(purchase), `buyer.${mark}@example.com`])
    expect([q, await find('kvidai', q)]).toEqual([q, []])
  for (const q of [generation, membership, payment]) expect([q, await find('myai', q)]).toEqual([q, []])
  for (const path of [`/v1/search?q=${account}`, '/v1/accounts']) {
    const { status, body } = await lotkeeper.as('myai', 'manage').get(path)
    expect([path, status, body.required]).toEqual([path, 403, 'support'])
  }
  expect((await lotkeeper.as('x-design').get(`/v1/accounts?account=${account}`)).body.data).toEqual([])
})

it('a search is bounded, with the exact match first', async () => {
  const caller = lotkeeper.as('x-design')
  const names = Array.from({ length: 4 }, (_, n) => `crowd-${mark}${'x'.repeat(n)}`)
  for (const name of names) await caller.put(`/v1/accounts/${name}`, {})
  const { body } = await caller.get(`/v1/search?q=crowd-${mark}&limit=3`)
  expect(body.data).toHaveLength(3)
  expect(body.data[0]).toMatchObject({ id: names[0], exact: true })
  expect((await caller.get('/v1/search?q=%20')).body.code).toBe('invalid_request')
})

it('a closed account is found by its name, without its address', async () => {
  const caller = lotkeeper.as('x-design')
  const name = `closing-${mark}`
  await caller.put(`/v1/accounts/${name}`, { email: `closing.${mark}@example.com` })
  await caller.delete(`/v1/accounts/${name}`)
  expect(await find('x-design', name)).toMatchObject([{ kind: 'account', id: name, title: 'closed' }])
  expect(await find('x-design', `closing.${mark}@example.com`)).toEqual([])
})

it('GET /v1/accounts lists accounts by each filter, page by page', async () => {
  const caller = lotkeeper.as('branding')
  const prefix = `list-${mark}`
  for (const n of [1, 2, 3, 4]) await caller.put(`/v1/accounts/${prefix}-${n}`, { email: `${prefix}.${n}@example.com` })
  await caller.post(`/v1/accounts/${prefix}-1/memberships`, { plan: 'zsuite' })
  await caller.post(`/v1/accounts/${prefix}-2/grants`, { source: 'bonus', amount: 7, reason: 'test' })
  await lotkeeper
    .as('branding', 'support')
    .post(`/v1/accounts/${prefix}-3/compensations`, { lost: 400, cause: 'wrong-deduction' })
  const list = async (query: string) => {
    const { status, body } = await lotkeeper.as('branding', 'support').get(`/v1/accounts?account=${prefix}&${query}`)
    expect([query, status]).toEqual([query, 200])
    return body
  }
  const numbers = async (query: string) =>
    (await list(query)).data.map(({ account: name }: { account: string }) => Number(name.at(-1)))
  expect(await numbers('')).toEqual([4, 3, 2, 1])
  expect(await numbers(`email=${prefix.toUpperCase()}.2`)).toEqual([2])
  expect(await numbers('member=true')).toEqual([1])
  expect(await numbers('member=false')).toEqual([4, 3, 2])
  expect(await numbers('plan=zsuite')).toEqual([1])
  expect(await numbers('plan=other')).toEqual([])
  expect(await numbers('needs_attention=true')).toEqual([3])
  expect(await numbers('needs_attention=false&member=false')).toEqual([4, 2])
  expect(await numbers('status=open')).toEqual([4, 3, 2, 1])
  expect(await numbers('status=closed')).toEqual([])
  const first = await list('limit=3')
  expect(first.data[2]).toMatchObject({ account: `${prefix}-2`, available: 7, held: 0, frozen: 0, debt: 0, plans: [] })
  const rest = await list(`limit=3&cursor=${first.next_cursor}`)
  expect([rest.data[0], rest.next_cursor]).toMatchObject([
    { account: `${prefix}-1`, member: true, plans: ['zsuite'] },
    null,
  ])
})
