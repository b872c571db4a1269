import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

let lotkeeper: Lotkeeper
let ada: TestAccount

type Row = Record<'granted' | 'spent' | 'refunded' | 'expired' | 'revoked' | 'outstanding', number> & {
  month: string
  source: string
}

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  const caller = lotkeeper.as('kvidai')
  ada = await createTestAccount(caller, '2026-01-10T00:00:00Z')
  const bob = await createTestAccount(caller, '2026-02-01T00:00:00Z')
  await ada.grant('purchased', 100)
  await ada.grant('promotional', 30, { expires_at: '2026-02-15T00:00:00Z' })
  await bob.grant('purchased', 40)
  const { body: first } = await ada.generate({ operation: 'image', outputs: 4 })
  await ada.settle(first.id, 'complete', { delivered: 3 })
  await ada.advance('2026-03-05T00:00:00Z')
  await caller.post(`${ada.path}/adjustments`, { source: 'purchased', amount: -15, reason: 'counted twice' })
  // Stays reserved.
  await bob.generate({ operation: 'video' })
  // Its promotional credits expire without an entry, because nothing happens to it any more.
  const eve = await createTestAccount(caller, '2026-02-01T00:00:00Z')
  await eve.grant('promotional', 9, { expires_at: '2026-02-20T00:00:00Z' })
  await eve.advance('2026-03-01T00:00:00Z')
})
afterAll(() => lotkeeper?.stop())

const report = (query: string, headers = {}) =>
  lotkeeper.as('kvidai', 'support').get(`/v1/reports/usage?test_clocks=true&${query}`, headers)

it('usage by month and source: granted, spent, released, expired, revoked, and outstanding at its end', async () => {
  const { status, body } = await report('from=2026-01&to=2026-03')
  expect([status, body.report, body.from, body.to]).toEqual([200, 'usage', '2026-01', '2026-03'])
  const row = (month: string, source: string, fields: Partial<Row>) => ({
    month,
    source,
    granted: 0,
    spent: 0,
    refunded: 0,
    expired: 0,
    revoked: 0,
    ...fields,
  })
  expect(body.rows).toEqual([
    row('2026-01', 'promotional', { granted: 30, spent: 6, refunded: 2, outstanding: 24 }),
    row('2026-01', 'purchased', { granted: 100, outstanding: 100 }),
    row('2026-02', 'promotional', { granted: 9, expired: 33, outstanding: 0 }),
    row('2026-02', 'purchased', { granted: 40, outstanding: 140 }),
    row('2026-03', 'purchased', { revoked: 15, outstanding: 125 }),
  ])
})

it('a later start carries on what was outstanding before', async () => {
  const whole: Row[] = (await report('from=2026-01&to=2026-06')).body.rows
  const late: Row[] = (await report('from=2026-03&to=2026-06')).body.rows
  expect(late).toEqual(whole.filter(({ month }) => month >= '2026-03'))
  expect(late.at(-1)).toMatchObject({ month: '2026-06', source: 'purchased', outstanding: 125 })
})

it('its sums are those of the entries, and what is outstanding at last is what accounts have', async () => {
  const rows: Row[] = (await report('from=2026-01&to=2026-12')).body.rows
  const total = (what: keyof Row) => rows.reduce((sum, row) => sum + Number(row[what]), 0)
  // Posts the expiries that have no entry yet.
  for (const { account } of (await lotkeeper.as('kvidai').get('/v1/accounts')).body.data)
    await lotkeeper.as('kvidai').get(`/v1/accounts/${account}/entries`)
  const { rows: sums } = await lotkeeper.db.query(
    `select coalesce(sum(granted), 0) as granted, sum(spent) as spent, sum(expired) as expired, sum(revoked) as revoked
     from lot_sums(null)`,
  )
  expect(sums).toEqual([
    { granted: total('granted'), spent: total('spent'), expired: total('expired'), revoked: total('revoked') },
  ])
  expect((await report('from=2026-01&to=2026-12')).body.rows).toEqual(rows)
  const { rows: accounts } = await lotkeeper.db.query('select sum(available + held) as credits from accounts')
  const last = rows.filter(({ month }) => month === '2026-12').reduce((sum, { outstanding }) => sum + outstanding, 0)
  expect(last).toBe(accounts[0].credits)
})

it('accounts on test clocks are left out unless asked for, and other products always', async () => {
  expect((await lotkeeper.as('kvidai', 'support').get('/v1/reports/usage?from=2026-01&to=2026-12')).body.rows).toEqual(
    [],
  )
  expect(
    (await lotkeeper.as('myai').get('/v1/reports/usage?from=2026-01&to=2026-12&test_clocks=true')).body.rows,
  ).toEqual([])
})

it('the report is CSV by Accept or ?format=csv', async () => {
  for (const { status, headers, body } of [
    await report('from=2026-03&to=2026-03&format=csv'),
    await report('from=2026-03&to=2026-03', { accept: 'text/csv' }),
  ]) {
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(body).toBe(
      'month,source,granted,spent,refunded,expired,revoked,outstanding\n2026-03,purchased,0,0,0,0,15,125\n',
    )
  }
})

it('the range is bounded, and other reports do not exist', async () => {
  for (const query of ['from=2026-02&to=2026-01', 'from=2023-01&to=2026-01', 'from=2026-13', 'to=1999-12'])
    expect([query, (await report(query)).status]).toEqual([query, 422])
  expect((await report('from=2023-02&to=2026-01')).status).toBe(200)
  expect((await lotkeeper.as('kvidai').get('/v1/reports/other')).status).toBe(404)
  expect((await lotkeeper.as('kvidai', 'manage').get('/v1/reports/usage')).status).toBe(403)
})
