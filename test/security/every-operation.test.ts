import type { Answer } from '../support/clients/caller.ts'
import { type ConsoleUser, enterConsole } from '../support/console/user.ts'
import { type ExampleRequest, runExamples, sendAs } from '../support/contract/examples.ts'
import { type Hostile, hostileForms, hostileQueries } from '../support/contract/hostile.ts'
import { type Operation, operationsOf, scopesBelow } from '../support/contract/operations.ts'
import { violationOf } from '../support/contract/violations.ts'
import { caseCount, repetitions } from '../support/run/servers.ts'
import { sample } from '../support/sample.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

// Every operation of the OpenAPI document: its examples with wrong keys and with hostile input.

/** Hostile requests to each operation; RUNS changes the number, LONG sends all. */
const RUNS = caseCount(repetitions(15, 100_000))

jest.setTimeout(repetitions(180_000, 3_600_000))

let lotkeeper: Lotkeeper
let requests: ExampleRequest[]
let operations: Operation[]
const statusCounts = new Map<number, number>()

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  requests = await runExamples(lotkeeper)
  operations = await operationsOf(lotkeeper.url)
})
afterAll(async () => {
  await lotkeeper?.stop()
  const cases = [...statusCounts.values()].reduce((sum, count) => sum + count, 0)
  const statuses = [...statusCounts].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`)
  console.info(`${operations?.length} operations, ${cases} cases: ${statuses.join(', ')}`)
})

async function send(
  key: string | null,
  request: Hostile['request'],
  headers?: Record<string, string>,
): Promise<Answer> {
  const answer = await sendAs(lotkeeper.url, key, request, headers)
  statusCounts.set(answer.status, (statusCounts.get(answer.status) ?? 0) + 1)
  return answer
}

const keyOf = (product: string, scope: keyof Lotkeeper['keys'][string]) => lotkeeper.keys[product]?.[scope] ?? ''

/** The first example of each operation that needs a key, with the needed scope. */
function protectedRequests() {
  return operations.flatMap(({ name, scope }) => {
    const request = requests.find(each => each.operation === name)
    return request && scope ? [{ request, scope }] : []
  })
}

/** State that a refusal must not change, without campaigns, which keep granting. */
async function ledgerState(): Promise<string> {
  const { rows } = await lotkeeper.db.query(
    `select concat_ws(' ', (select count(*) from lots where origin_type <> 'campaign'),
       (select count(*) from entries join lots using (account_key, lot_id) where origin_type <> 'campaign'),
       (select count(*) from api_keys where revoked_at is null), (select sum(revision) from memberships),
       (select sum(revision) from purchases), (select count(*) from codes), (select count(*) from campaigns),
       (select md5(string_agg(a.limit_overrides::text || coalesce(a.email, '') || a.time_zone, ',' order by account_key))
         from accounts a)) as state`,
  )
  return rows[0].state
}

it('every operation names its scope', () => {
  expect(protectedRequests().length).toBeGreaterThan(50)
  expect(protectedRequests().length).toBe(operations.filter(({ name }) => !name.includes(' /webhooks/')).length)
})

it('without a valid key every operation is refused and changes nothing', async () => {
  const admin = lotkeeper.as('kvidai')
  const { body: revoked } = await admin.post('/v1/keys', { name: 'revoked', scope: 'admin' })
  await admin.delete(`/v1/keys/${revoked.id}`)
  const before = await ledgerState()
  const real = keyOf('kvidai', 'admin')
  const { rows } = await lotkeeper.db.query(`select encode(hash, 'hex') as hash from api_keys limit 1`)
  const wrong = [revoked.key, `${real}x`, real.slice(0, -1), real.toUpperCase(), rows[0].hash, `'or'1'='1`]
  const headers = ['', 'Bearer', `Basic ${btoa(`${real}:`)}`, real, `Bearer ${real} ${real}`, `Bearer,${real}`]
  for (const { request } of protectedRequests()) {
    const answers = await Promise.all([
      send(null, request),
      ...wrong.map(key => send(key, request)),
      ...headers.map(authorization => send(null, request, { authorization })),
      // A key counts only in the Authorization header.
      send(null, { ...request, query: { ...request.query, key: real, access_token: real } }),
      send(null, request, { 'x-api-key': real, cookie: `lotkeeper=${real}` }),
    ])
    for (const { status, headers, body } of answers)
      expect([request.operation, status, body.code, headers.get('www-authenticate')]).toEqual([
        request.operation,
        401,
        'unauthorized',
        'Bearer',
      ])
  }
  expect(await ledgerState()).toBe(before)
})

it('a key of a smaller scope is refused with the needed scope, and a key of that scope is accepted', async () => {
  const before = await ledgerState()
  for (const { request, scope } of protectedRequests())
    for (const smaller of scopesBelow(scope)) {
      const { status, body } = await send(keyOf(request.product, smaller), request)
      const refused = [request.operation, smaller, 403, 'scope_required', scope]
      expect([request.operation, smaller, status, body.code, body.required]).toEqual(refused)
    }
  expect(await ledgerState()).toBe(before)
  for (const { request, scope } of protectedRequests()) {
    if (request.operation.startsWith('delete')) continue
    const { status } = await send(keyOf(request.product, scope), request)
    expect([request.operation, [401, 403].includes(status)]).toEqual([request.operation, false])
  }
})

it('a person of the console may call what the scope of their role may, and only in its product', async () => {
  const people = await Promise.all(
    (['read', 'support', 'admin'] as const).map(async role => {
      const roles = Object.fromEntries(Object.keys(lotkeeper.keys).map(product => [product, role]))
      return { role, user: await enterConsole(lotkeeper, `${role} of all`, roles) }
    }),
  )
  const stranger = await enterConsole(lotkeeper, 'admin elsewhere', { 'x-design': 'admin' })
  const headers = (user: ConsoleUser, product: string) => ({
    cookie: user.cookie,
    'x-csrf-token': user.csrf,
    'lotkeeper-product': product,
  })
  const before = await ledgerState()
  for (const { request, scope } of protectedRequests())
    for (const { role, user } of [...people, { role: 'none', user: stranger }]) {
      const mayCall = role !== 'none' && !(scopesBelow(scope) as string[]).includes(role)
      if (mayCall) continue
      const { status, body } = await send(null, request, headers(user, request.product))
      const refused = [request.operation, role, 403, 'scope_required', scope]
      expect([request.operation, role, status, body.code, body.required]).toEqual(refused)
    }
  expect(await ledgerState()).toBe(before)
  for (const { request, scope } of protectedRequests()) {
    if (request.operation.startsWith('delete')) continue
    const least = people.find(({ role }) => !(scopesBelow(scope) as string[]).includes(role))
    if (!least) throw new Error(`no role may call ${request.operation}`)
    const { status } = await send(null, request, headers(least.user, request.product))
    expect([request.operation, [401, 403].includes(status)]).toEqual([request.operation, false])
  }
})

it('an unknown query parameter is refused by every operation, with those that it has', async () => {
  const before = await ledgerState()
  for (const { request } of protectedRequests()) {
    const { parameters } = operations.find(({ name }) => name === request.operation) as Operation
    const query = { ...request.query, unheard_of: 'true' }
    const { status, body } = await send(keyOf(request.product, 'admin'), { ...request, query })
    const known = parameters.query.join(', ') || 'none'
    const detail = `unheard_of: is not a query parameter; this call has ${known}`
    const refused = [request.operation, 422, 'invalid_request', detail]
    expect([request.operation, status, body.code, body.detail]).toEqual(refused)
  }
  expect(await ledgerState()).toBe(before)
})

it('accounts and ids of another product are not found by any operation', async () => {
  const before = await ledgerState()
  const named = requests.filter(({ params, query }) => Object.keys(params).length > 0 || query.account)
  for (const request of named) {
    // This call creates an account of the caller's own product.
    if (request.operation === 'put /v1/accounts/{account}') continue
    // Each product has reports of the same names.
    if (request.operation === 'get /v1/reports/{report}') continue
    const { status, body } = await send(keyOf('x-design', 'admin'), request)
    expect([request.operation, status, body.code]).toEqual([request.operation, 404, 'not_found'])
  }
  expect(await ledgerState()).toBe(before)
})

it('ids of another product or account are unknown inside a body and a query as well', async () => {
  const idOf = (operation: string, product = 'kvidai', name = 'id') =>
    requests.find(each => each.operation === operation && each.product === product)?.params[name] ?? 'none'
  const stranger = lotkeeper.as('x-design')
  await stranger.put('/v1/accounts/mine', {})
  const clock = idOf('post /v1/test-clocks/{id}/advance')
  const generation = idOf('get /v1/generations/{id}')
  const membership = idOf('get /v1/memberships/{id}')
  const foreign = [
    await stranger.put('/v1/accounts/on-a-foreign-clock', { test_clock: clock }),
    await stranger.post('/v1/memberships/combine', { memberships: [membership, 'mem_none'] }),
    await lotkeeper.as('branding').post('/v1/accounts/eva/compensations', { generation, cause: 'platform-bug' }),
  ]
  for (const { status, body } of foreign) expect([status, body.code]).toEqual([404, 'not_found'])
  const listed = await stranger.get('/v1/purchases?reference=statement%202026-11-21%2C%20line%2014')
  expect(listed.body.data).toEqual([])

  const studio = lotkeeper.as('listing-studio')
  await studio.put('/v1/accounts/neighbour', {})
  const defective = idOf('post /v1/generations/{id}/report-defect', 'listing-studio')
  const corrected = { operation: 'apply-changes', options: { background: true }, correction_of: defective }
  const refused = await studio.post('/v1/accounts/neighbour/generations', corrected)
  expect(refused.body).toMatchObject({ code: 'invalid_request', errors: [{ path: 'correction_of' }] })
  const invoice = idOf('get /v1/accounts/{account}/invoices/{invoice}', 'listing-studio', 'invoice')
  expect((await studio.get(`/v1/accounts/neighbour/invoices/${invoice}`)).status).toBe(404)
})

it('every answer to a hostile request follows the contract, and a refusal changes nothing', async () => {
  const violations = new Map<string, { first: string; times: number }>()
  for (const operation of operations) {
    const request = requests.find(each => each.operation === operation.name)
    if (!request) continue
    const forms = [...hostileForms(request, operation.body), ...hostileQueries(request, operation.parameters.query)]
    for (const { description, request, headers } of sample(forms, RUNS)) {
      const before = await ledgerState()
      const answer = await send(keyOf(request.product, 'admin'), request, headers)
      const changed = answer.status >= 400 && (await ledgerState()) !== before
      const violation = changed ? `${answer.status}, and changed the ledger` : violationOf(answer, operation)
      const found = violations.get(`${operation.name}: ${violation}`)
      if (violation)
        violations.set(`${operation.name}: ${violation}`, {
          first: found?.first ?? description,
          times: (found?.times ?? 0) + 1,
        })
    }
  }
  expect(Object.fromEntries(violations)).toEqual({})
})
