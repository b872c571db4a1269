import { randomUUID } from 'node:crypto'
import type { Caller } from '../../support/clients/caller.ts'
import { whileUnavailable } from '../../support/clients/retries.ts'
import { type FaultProxy, startFaultProxy } from '../../support/network/fault-proxy.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper
let kvidai: Caller
let postgres: FaultProxy
let temporal: FaultProxy

beforeAll(async () => {
  lotkeeper = await startLotkeeper({}, { overrideAddresses: throughProxies })
  kvidai = lotkeeper.as('kvidai')
})
afterAll(async () => {
  await lotkeeper?.stop()
  await Promise.all([postgres?.stop(), temporal?.stop()])
})

async function throughProxies(servers: { databaseUrl: string; temporalAddress: string }) {
  const database = new URL(servers.databaseUrl)
  postgres = await startFaultProxy(database.host)
  temporal = await startFaultProxy(servers.temporalAddress)
  database.host = postgres.host
  return { databaseUrl: database.href, temporalAddress: temporal.host }
}

const waitForReady = () =>
  waitFor(
    'readiness',
    () => kvidai.get('/readyz'),
    answer => answer.status === 200,
  )

const unavailable = { status: 503, body: { code: 'temporarily_unavailable' } }

it.each(['temporal', 'postgres'] as const)(
  'without %s a reservation gets 503 and holds nothing, and its key can be used again',
  async name => {
    const proxy = name === 'temporal' ? temporal : postgres
    const account = `/v1/accounts/${randomUUID()}`
    await kvidai.put(account, {})
    await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 9, reason: 'test' })
    const { body: open } = await kvidai.post(`${account}/generations`, { operation: 'text' })
    const key = randomUUID()
    const reserve = () => kvidai.post(`${account}/generations`, { operation: 'image' }, key)

    proxy.cut()
    const [refused, settled, health] = await Promise.all([
      reserve(),
      kvidai.post(`/v1/generations/${open.id}/complete`, {}, ''),
      kvidai.get('/readyz'),
    ])
    expect(refused).toMatchObject(unavailable)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(settled).toMatchObject(unavailable)
    expect(refused.body.detail).toContain('Nothing was held.')
    expect(settled.body.detail).toContain('may have taken effect')
    expect(health).toMatchObject({ status: 503, body: { missing: expect.arrayContaining([name]) } })

    await proxy.restore()
    await waitForReady()
    const { body: balance } = await kvidai.get(`${account}/balance`)
    expect(balance.by_source.purchased.held + balance.by_source.purchased.available).toBeGreaterThanOrEqual(8)
    const reserved = await whileUnavailable(reserve)
    expect(reserved).toMatchObject({ status: 201, body: { held: 2 } })
    const complete = () => kvidai.post(`/v1/generations/${open.id}/complete`, {}, '')
    expect((await whileUnavailable(complete)).body).toMatchObject({
      state: 'committed',
      spent: 1,
    })
    expect((await kvidai.get(`${account}/balance`)).body).toMatchObject({ available: 6, held: 2 })
  },
)

it('without Temporal the ledger still answers for settled and unknown generations', async () => {
  const account = `/v1/accounts/${randomUUID()}`
  await kvidai.put(account, {})
  await kvidai.post(`${account}/grants`, { source: 'purchased', amount: 9, reason: 'test' })
  const { body: generation } = await kvidai.post(`${account}/generations`, { operation: 'text' })
  const settle = (outcome: string, id = generation.id) => kvidai.post(`/v1/generations/${id}/${outcome}`)
  expect((await settle('complete')).status).toBe(200)

  temporal.cut()
  const [again, otherwise, unknown] = await Promise.all([
    settle('complete'),
    settle('fail'),
    settle('complete', `gen_${'0'.repeat(24)}`),
  ])
  await temporal.restore()
  await waitForReady()
  expect(again).toMatchObject({ status: 200, body: { id: generation.id, state: 'committed', spent: 1 } })
  expect(otherwise).toMatchObject({ status: 409, body: { code: 'already_settled' } })
  expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } })
})
