import { randomUUID } from 'node:crypto'
import type { Db } from '../../../db/core/command.ts'
import { reserve } from '../../../db/ledger/holds/reserve.ts'
import { rollbackReservation } from '../../../db/ledger/holds/settle.ts'
import { listDeliveries } from '../../../db/webhooks/deliveries.ts'
import { createEndpoint, disableEndpoint } from '../../../db/webhooks/endpoints.ts'
import { deleteEvents, fanOutEvents } from '../../../db/webhooks/events.ts'
import { grantCredits, newAccount, openTestDb, reserveCredits, settleHold } from '../../support/database/ledger.ts'

const product = 'test-product'
const at = new Date(Date.UTC(2026, 0, 1, 12))
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000)

let db: Db
let closeDb: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestDb()
  db = opened.db
  closeDb = opened.close
})
afterAll(() => closeDb())
afterEach(() => db.query('delete from webhook_endpoints'))

const subscribe = (events: string[] | null, endpoint: string = randomUUID()) =>
  createEndpoint(db, { product, endpoint, url: 'https://x', events, signing_keys: [], created_at: at })

/** The events of an account: type, time, data. */
async function eventsOf(account_key: string): Promise<[type: string, at: string, data: object][]> {
  const { rows } = await db.query<{ type: string; at: Date; data: object }>(
    'select type, at, data from webhook_events where account_key = $1 order by event_no',
    [account_key],
  )
  return rows.map(row => [row.type, row.at.toISOString(), row.data])
}

function reserveWithLowLimit(account_key: string, cost: number, when: Date) {
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

it('a grant emits one event, also when it is repeated', async () => {
  await subscribe(null)
  const account = await newAccount(db)
  const [one, other] = [randomUUID(), randomUUID()]
  for (const key of [one, other, one]) await grantCredits(db, account, at, { amount: 5 }, key)
  expect((await eventsOf(account)).map(([type]) => type)).toEqual(['credits.granted', 'credits.granted'])
})

it.each([
  ['no endpoint is subscribed', async () => undefined],
  ['no endpoint is subscribed to the type', () => subscribe(['credits.low'])],
  ['the subscribed endpoint is disabled', async () => disableEndpoint(db, await subscribe(null), 'gone', at)],
])('no event is written where %s', async (_what, before) => {
  await before()
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 5 })
  const { generation } = await reserveCredits(db, account, at, 3)
  await settleHold(db, account, at, generation.id, { spend: 0, refund: 3 })
  expect(await eventsOf(account)).toEqual([])
})

it('a refund emits an event, spending does not', async () => {
  await subscribe(['generation.refunded'])
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 20 })
  const spent = await reserveCredits(db, account, at, 3)
  await settleHold(db, account, at, spent.generation.id, { spend: 3, refund: 0 })
  const part = await reserveCredits(db, account, at, 5)
  await settleHold(db, account, later(1), part.generation.id, { spend: 3, refund: 2 })
  const refunded = { generation: part.generation.id, operation: 'image', refunded: 2, reason: 'refund' }
  expect(await eventsOf(account)).toEqual([['generation.refunded', later(1).toISOString(), refunded]])
})

it('a rolled-back reservation emits no event', async () => {
  await subscribe(['generation.refunded'])
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 20 })
  const { generation } = await reserveCredits(db, account, at, 5)
  const replacement = { expires_at: later(100), spend_keys: { purchased: '9999' }, terms: {} }
  await rollbackReservation(db, { account_key: account, at }, generation.id, replacement)
  expect(await eventsOf(account)).toEqual([])
})

it('credits.low is emitted when spending takes an account below the threshold, once a day', async () => {
  await subscribe(['credits.low'])
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 22 })
  await reserveWithLowLimit(account, 12, at)
  expect(await eventsOf(account)).toEqual([])
  await reserveWithLowLimit(account, 1, at)
  await reserveWithLowLimit(account, 1, at)
  await grantCredits(db, account, at, { amount: 10 })
  await reserveWithLowLimit(account, 10, at)
  const low = (available: number, when: Date) => ['credits.low', when.toISOString(), { available, below: 10 }]
  expect(await eventsOf(account)).toEqual([low(9, at)])
  await grantCredits(db, account, later(24), { amount: 5 })
  await reserveWithLowLimit(account, 6, later(24))
  expect(await eventsOf(account)).toEqual([low(9, at), low(7, later(24))])
})

it('concurrent fan-outs create one delivery of each event for each subscribed endpoint', async () => {
  const all = await subscribe(null)
  const some = await subscribe(['credits.granted'])
  await subscribe(['credits.low'])
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

it('deleteEvents deletes delivered events, not pending ones', async () => {
  const { endpoint } = await subscribe(null)
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 1 })
  await fanOutEvents(db, 100)
  const future = new Date(Date.now() + 60_000)
  await deleteEvents(db, future, 1000)
  expect(await eventsOf(account)).toHaveLength(1)
  await db.query(`update webhook_deliveries set state = 'delivered' where endpoint = $1`, [endpoint])
  await deleteEvents(db, future, 1000)
  expect(await eventsOf(account)).toEqual([])
  expect((await listDeliveries(db, { product, endpoint }, { limit: 10 })).data).toEqual([])
})
