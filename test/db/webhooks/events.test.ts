import { randomUUID } from 'node:crypto'
import type { Db } from '../../../db/core/command.ts'
import { reserve } from '../../../db/ledger/holds/reserve.ts'
import { rollbackReservation } from '../../../db/ledger/holds/settle.ts'
import { listDeliveries } from '../../../db/webhooks/deliveries.ts'
import { createEndpoint, disableEndpoint } from '../../../db/webhooks/endpoints.ts'
import { deleteEvents, fanOutEvents } from '../../../db/webhooks/events.ts'
import { close, grantCredits, newAccount, openTestDb, reserveCredits } from '../../support/database/ledger.ts'

const product = 'test-product'
const at = new Date(Date.UTC(2026, 0, 1, 12))
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000)

let db: Db
let closeBook: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestDb()
  db = opened.db
  closeBook = opened.close
})
afterAll(() => closeBook())
afterEach(() => db.query('delete from webhook_endpoints'))

const listen = (events: string[] | null, endpoint: string = randomUUID()) =>
  createEndpoint(db, { product, endpoint, url: 'https://x', events, signing_keys: [], created_at: at })

/** The events of an account: type, time, data. */
async function toldOf(account_key: string): Promise<[type: string, at: string, data: object][]> {
  const { rows } = await db.query<{ type: string; at: Date; data: object }>(
    'select type, at, data from webhook_events where account_key = $1 order by event_no',
    [account_key],
  )
  return rows.map(row => [row.type, row.at.toISOString(), row.data])
}

function holdLow(account_key: string, cost: number, when: Date) {
  return reserve(
    db,
    { account_key, at: when },
    {
      product,
      generation: randomUUID(),
      operation: 'image',
      outputs: 1,
      unit_cost: cost,
      cost,
      requires_membership: false,
      low_below: 10,
      deadline: later(1000),
      request: {},
    },
  )
}

it('each grant is one event, also when the grant is repeated', async () => {
  await listen(null)
  const account = await newAccount(db)
  const [one, other] = [randomUUID(), randomUUID()]
  for (const key of [one, other, one]) await grantCredits(db, account, at, { amount: 5 }, key)
  expect((await toldOf(account)).map(([type]) => type)).toEqual(['credits.granted', 'credits.granted'])
})

it.each([
  ['nobody listens', async () => undefined],
  ['nobody listens for that', () => listen(['credits.low'])],
  ['who listened is disabled', async () => disableEndpoint(db, await listen(null), 'gone', at)],
])('nothing is written where %s', async (_what, before) => {
  await before()
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 5 })
  const { generation } = await reserveCredits(db, account, at, 3)
  await close(db, account, at, generation.id, { spend: 0, refund: 3 })
  expect(await toldOf(account)).toEqual([])
})

it('a refund is an event, spending is not', async () => {
  await listen(['generation.refunded'])
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 20 })
  const spent = await reserveCredits(db, account, at, 3)
  await close(db, account, at, spent.generation.id, { spend: 3, refund: 0 })
  const part = await reserveCredits(db, account, at, 5)
  await close(db, account, later(1), part.generation.id, { spend: 3, refund: 2 })
  const told = { generation: part.generation.id, operation: 'image', refunded: 2, reason: 'refund' }
  expect(await toldOf(account)).toEqual([['generation.refunded', later(1).toISOString(), told]])
})

it('a rolled-back reservation is no event', async () => {
  await listen(['generation.refunded'])
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 20 })
  const { generation } = await reserveCredits(db, account, at, 5)
  const replacement = { expires_at: later(100), spend_keys: { purchased: '9999' }, terms: {} }
  await rollbackReservation(db, { account_key: account, at }, generation.id, replacement)
  expect(await toldOf(account)).toEqual([])
})

it('an account is low when spending takes it below the threshold, once a day', async () => {
  await listen(['credits.low'])
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 22 })
  await holdLow(account, 12, at)
  expect(await toldOf(account)).toEqual([])
  await holdLow(account, 1, at)
  await holdLow(account, 1, at)
  await grantCredits(db, account, at, { amount: 10 })
  await holdLow(account, 10, at)
  const low = (available: number, when: Date) => ['credits.low', when.toISOString(), { available, below: 10 }]
  expect(await toldOf(account)).toEqual([low(9, at)])
  await grantCredits(db, account, later(24), { amount: 5 })
  await holdLow(account, 6, later(24))
  expect(await toldOf(account)).toEqual([low(9, at), low(7, later(24))])
})

it('concurrent relays make one delivery of each event for each subscribed endpoint', async () => {
  const all = await listen(null)
  const some = await listen(['credits.granted'])
  await listen(['credits.low'])
  const account = await newAccount(db)
  await db.query('update webhook_events set dispatched = true')
  for (let n = 0; n < 30; n++) await grantCredits(db, account, at, { amount: 1 })
  const rounds = await Promise.all(Array.from({ length: 8 }, () => fanOutEvents(db, 10)))
  expect(rounds.reduce((sum, { events }) => sum + events, 0)).toBe(30)
  expect(await fanOutEvents(db, 10)).toEqual({ events: 0, endpoints: [] })
  for (const endpoint of [all, some]) {
    const { data } = await listDeliveries(db, endpoint, { limit: 100 })
    expect(new Set(data.map(({ event }) => event)).size).toBe(30)
    expect(data).toHaveLength(30)
  }
})

it('delivered events are deleted in time, pending ones are not', async () => {
  const { endpoint } = await listen(null)
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 1 })
  await fanOutEvents(db, 100)
  const future = new Date(Date.now() + 60_000)
  await deleteEvents(db, future, 1000)
  expect(await toldOf(account)).toHaveLength(1)
  await db.query(`update webhook_deliveries set state = 'delivered' where endpoint = $1`, [endpoint])
  await deleteEvents(db, future, 1000)
  expect(await toldOf(account)).toEqual([])
  expect((await listDeliveries(db, { product, endpoint }, { limit: 10 })).data).toEqual([])
})
