import type { Db } from '../../../db/core/command.ts'
import { balance } from '../../../db/ledger/balance.ts'
import { readCounters } from '../../../db/ledger/holds/limits.ts'
import { reserve } from '../../../db/ledger/holds/reserve.ts'
import { charge, rollbackReservation, settle } from '../../../db/ledger/holds/settle.ts'
import { verify } from '../../../db/ledger/verify.ts'
import type { Limit } from '../../../domain/policy/limits.ts'
import type { Refused } from '../../../domain/shared/refusals.ts'
import { grantCredits, newAccount, openTestDb } from '../../support/database/ledger.ts'

let db: Db
let close: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestDb()
  db = opened.db
  close = opened.close
})
afterAll(() => close())

const at = new Date(Date.UTC(2026, 0, 1, 12))
const day = { counter: 'daily', period: '2026-01-01' }
const trial = { counter: 'trial/image', period: 'ever' }

const daily = (amount: number, limit: number): Limit => ({
  ...day,
  amount,
  limit,
  per: 'output',
  refusal: { code: 'daily_limit_reached', resets_at: '2026-01-02T00:00:00.000Z' },
})
const trials = (limit: number): Limit => ({
  ...trial,
  amount: 1,
  limit,
  per: 'use',
  refusal: { code: 'trial_exhausted' },
})

type Fields = { outputs?: number; unit_cost?: number; limits?: Limit[]; concurrency?: number }

function reservation(generation: string, { outputs = 1, unit_cost = 1, ...limits }: Fields) {
  return {
    product: 'test-product',
    generation,
    operation: 'image',
    outputs,
    unit_cost,
    cost: outputs * unit_cost,
    requires_membership: false,
    deadline: new Date(at.getTime() + 60_000),
    request: { generation },
    ...limits,
  }
}

async function accountWith(amount: number): Promise<string> {
  const account_key = await newAccount(db, new Date(0))
  await grantCredits(db, account_key, at, { amount })
  return account_key
}

const reserveFor = (account_key: string, generation: string, fields: Fields) =>
  reserve(db, { account_key, at }, reservation(generation, fields))

const settleHold = (account_key: string, generation: string, spend: number, refund: number, returned: number) =>
  settle(
    db,
    { account_key, operation_key: `settle/${generation}/${spend}/${refund}`, at },
    {
      generation,
      spend,
      refund,
      returned,
      state: spend === 0 ? 'refunded' : refund === 0 ? 'committed' : 'partially_refunded',
      items: {},
      rest: { kind: 'complete', left: 1, delivered: spend === 0 ? 0 : 1 },
      replacement: { expires_at: at, spend_keys: {}, terms: {} },
    },
  )

const usageOf = async (account_key: string, counter = day) => (await readCounters(db, account_key, [counter]))[0]

/** The number of successes, and the refusals. */
async function outcomes(attempts: Promise<unknown>[]) {
  const results = await Promise.allSettled(attempts)
  const refusals = results.flatMap(result => (result.status === 'rejected' ? [(result.reason as Refused).refusal] : []))
  return { held: results.length - refusals.length, refusals }
}

it('usage never passes the limit under concurrent requests', async () => {
  const account = await accountWith(1000)
  const attempts = Array.from({ length: 40 }, (_, n) =>
    reserveFor(account, `many-${n}`, { limits: [daily(3, 50)], outputs: 3 }),
  )
  const { held, refusals } = await outcomes(attempts)
  expect(held).toBe(16)
  expect(refusals).toHaveLength(24)
  for (const refusal of refusals)
    expect(refusal).toEqual({
      code: 'daily_limit_reached',
      limit: 50,
      used: 48,
      resets_at: '2026-01-02T00:00:00.000Z',
    })
  expect(await usageOf(account)).toBe(48)
  expect(await verify(db, account)).toEqual([])
})

it('concurrent holds never pass the limit, within one batch and over several', async () => {
  const account = await accountWith(1000)
  const reserveOne = (n: number) => reserveFor(account, `once-${n}`, { concurrency: 5 })
  const first = await outcomes(Array.from({ length: 30 }, (_, n) => reserveOne(n)))
  expect(first.held).toBe(5)
  expect(first.refusals[0]).toEqual({ code: 'concurrency_limit_reached', limit: 5, used: 5 })
  const { rows } = await db.query(`select generation from holds where account_key = $1 and state = 'reserved'`, [
    account,
  ])
  await settleHold(account, rows[0].generation, 1, 0, 0)
  await settleHold(account, rows[1].generation, 0, 1, 1)
  const second = await outcomes(Array.from({ length: 10 }, (_, n) => reserveOne(100 + n)))
  expect(second.held).toBe(2)
  expect(await verify(db, account)).toEqual([])
})

it.each<[name: string, spend: number, refund: number, returned: number, after: number]>([
  ['all delivered', 12, 0, 0, 12],
  ['a third refunded', 8, 4, 1, 8],
  ['nothing delivered', 0, 12, 3, 0],
])('usage by output is refunded by output: %s', async (name, spend, refund, returned, after) => {
  const account = await accountWith(100)
  await reserveFor(account, name, { outputs: 3, unit_cost: 4, limits: [daily(12, 50)] })
  expect(await usageOf(account)).toBe(12)
  await settleHold(account, name, spend, refund, returned)
  expect(await usageOf(account)).toBe(after)
})

it.each<[name: string, spend: number, refund: number, returned: number, after: number]>([
  ['all delivered', 3, 0, 0, 1],
  ['two thirds delivered', 2, 1, 1, 1],
  ['nothing delivered', 0, 3, 3, 0],
])('usage by use is refunded only with the whole: %s', async (name, spend, refund, returned, after) => {
  const account = await accountWith(100)
  const generation = `use ${name}`
  await reserveFor(account, generation, { outputs: 3, limits: [trials(1)] })
  await settleHold(account, generation, spend, refund, returned)
  expect(await usageOf(account, trial)).toBe(after)
})

it('a refund reduces the usage of its own period', async () => {
  const account = await accountWith(100)
  await reserveFor(account, 'yesterday', { limits: [{ ...daily(1, 50), period: '2025-12-31' }] })
  await reserveFor(account, 'today', { limits: [daily(1, 50)] })
  await settleHold(account, 'yesterday', 0, 1, 1)
  expect(await usageOf(account)).toBe(1)
  expect(await usageOf(account, { ...day, period: '2025-12-31' })).toBe(0)
})

it('a refusal counts no usage, and names the first exceeded limit', async () => {
  const account = await accountWith(5)
  const limits = [trials(3), daily(9, 8)]
  const refused = (fields: Fields) => outcomes([reserveFor(account, 'refused', fields)])
  expect((await refused({ limits, unit_cost: 9 })).refusals).toMatchObject([{ code: 'daily_limit_reached' }])
  const unaffordable = await refused({ limits: [trials(3)], unit_cost: 9 })
  expect(unaffordable.refusals).toMatchObject([{ code: 'insufficient_credits' }])
  expect([await usageOf(account), await usageOf(account, trial)]).toEqual([0, 0])
})

it('a charge counts once as usage, also when repeated, and never as an open hold', async () => {
  const account = await accountWith(10)
  const fields = { limits: [daily(1, 5)], concurrency: 1 }
  await reserveFor(account, 'open', fields)
  const chargeOnce = () => charge(db, { account_key: account, at }, reservation('charged', fields))
  await chargeOnce()
  expect(await chargeOnce()).toMatchObject({ replayed: true })
  expect(await usageOf(account)).toBe(2)
  expect(await verify(db, account)).toEqual([])
})

it('a rollback removes the usage of its reservation', async () => {
  const account = await accountWith(10)
  await reserveFor(account, 'timed-out', { limits: [daily(1, 5), trials(1)], concurrency: 1 })
  await rollbackReservation(db, { account_key: account, at }, 'timed-out', {
    expires_at: at,
    spend_keys: {},
    terms: {},
  })
  expect([await usageOf(account), await usageOf(account, trial)]).toEqual([0, 0])
  await reserveFor(account, 'timed-out', { limits: [daily(1, 5), trials(1)], concurrency: 1 })
  expect([await usageOf(account), await usageOf(account, trial)]).toEqual([1, 1])
  expect(await verify(db, account)).toEqual([])
})

it('a rollback refuses a hold with settled outputs, whose caller knows of it', async () => {
  const account = await accountWith(10)
  await reserveFor(account, 'begun', { limits: [daily(1, 5)], outputs: 2 })
  const replacement = { expires_at: at, spend_keys: {}, terms: {} }
  const item = { spend: 1, refund: 0, returned: 0, state: null, items: { 0: true }, rest: null, replacement: null }
  await settle(db, { account_key: account, at, operation_key: 'item' }, { generation: 'begun', ...item })
  await expect(rollbackReservation(db, { account_key: account, at }, 'begun', replacement)).rejects.toMatchObject({
    refusal: { code: 'already_settled', state: 'reserved' },
  })
  expect(await balance(db, account, at)).toMatchObject({ available: 8, held: 1 })
  expect(await verify(db, account)).toEqual([])
})
