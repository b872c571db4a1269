import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Db } from '../../../db/core/command.ts'
import { balance } from '../../../db/ledger/balance.ts'
import { listEntries } from '../../../db/ledger/entries/entries.ts'
import { reserve } from '../../../db/ledger/holds/reserve.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { grantCredits, newAccount, openTestDb, reserveCredits, settleHold } from '../../support/database/ledger.ts'

let db: Db
let end: () => Promise<void>
const NEWEST = 1_000
const hours = (n: number) => new Date(Date.UTC(2026, 0, 1, n))

beforeAll(async () => {
  const opened = await openTestDb()
  db = opened.db
  end = opened.close
})
afterAll(() => end())

const outcome = (reservation: Promise<{ generation: { draws: { amount: number }[] } }>) =>
  reservation.then(
    ({ generation }) => generation.draws.map(draw => draw.amount),
    error => {
      if (error instanceof Refused) return error.refusal.code
      throw error
    },
  )

/** The expected outcome of each reservation when they run one after the other: the amounts drawn, or the refusal. */
function expectedOutcomes(lots: { amount: number; expires: number }[], reservations: { cost: number; hour: number }[]) {
  const remainingLots = lots.map(lot => ({ ...lot }))
  return reservations.map(({ cost, hour }) => {
    const usable = remainingLots.filter(lot => lot.expires > hour)
    if (usable.reduce((sum, lot) => sum + lot.amount, 0) < cost) return 'insufficient_credits'
    let remaining = cost
    return usable.flatMap(lot => {
      const taken = Math.min(lot.amount, remaining)
      lot.amount -= taken
      remaining -= taken
      return taken > 0 ? [taken] : []
    })
  })
}

// At most ten commands: more would be sent in two batches, whose order is not defined.
it('the commands of a batch have the same outcomes as one after the other', async () => {
  const lots = fc.array(
    fc.record({ amount: fc.integer({ min: 1, max: 9 }), expires: fc.integer({ min: 1, max: 12 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  const reservations = fc.array(
    fc.record({ cost: fc.integer({ min: 1, max: 12 }), step: fc.integer({ min: 0, max: 4 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ lots, reservations }), { minLength: 1, maxLength: 2 }), async accounts => {
      const cases = await Promise.all(
        accounts.map(async ({ lots, reservations }) => {
          const account = await newAccount(db)
          const granted = lots.map(lot => ({ ...lot })).sort((a, b) => a.expires - b.expires)
          for (const { amount, expires } of granted)
            await grantCredits(db, account, hours(0), { amount, expires_at: hours(expires) })
          let hour = 0
          return {
            account,
            granted,
            reservations: reservations.map(({ cost, step }) => {
              hour += step
              return { cost, hour }
            }),
          }
        }),
      )
      const outcomes = cases.map(({ account, reservations }) =>
        Promise.all(reservations.map(({ cost, hour }) => outcome(reserveCredits(db, account, hours(hour), cost)))),
      )
      expect(await Promise.all(outcomes)).toEqual(
        cases.map(({ granted, reservations }) => expectedOutcomes(granted, reservations)),
      )
      for (const { account } of cases) expect(await verify(db, account)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

it('the result of a command in a batch has the totals right after it', async () => {
  const account = await newAccount(db)
  await grantCredits(db, account, hours(0), { amount: 3, expires_at: hours(2) })
  await grantCredits(db, account, hours(0), { amount: 5, expires_at: hours(5) })
  const answers = await Promise.all([1, 2, 1].map(cost => reserveCredits(db, account, hours(1), cost)))
  expect(answers.map(answer => answer.totals)).toEqual([
    { available: 7, held: 1, frozen: 0, next_expiry: '2026-01-01T02:00:00.000Z' },
    { available: 5, held: 3, frozen: 0, next_expiry: '2026-01-01T05:00:00.000Z' },
    { available: 4, held: 4, frozen: 0, next_expiry: '2026-01-01T05:00:00.000Z' },
  ])
})

it('a refund into an empty lot restores the expiry range', async () => {
  const account = await newAccount(db)
  await grantCredits(db, account, hours(0), { amount: 3, expires_at: hours(5) })
  const id = randomUUID()
  expect((await reserveCredits(db, account, hours(1), 3, id)).totals.next_expiry).toBeNull()
  const { totals } = await settleHold(db, account, hours(1), id, { spend: 1, refund: 2 })
  expect(totals).toEqual({ available: 2, held: 0, frozen: 0, next_expiry: '2026-01-01T05:00:00.000Z' })
})

it('a failing command does not block the others of its batch', async () => {
  const account = await newAccount(db)
  await grantCredits(db, account, hours(0), { amount: 10 })
  const failing = reserve(
    db,
    { account_key: account, at: hours(0) },
    {
      product: 'test-product',
      generation: randomUUID(),
      operation: 'image',
      outputs: 0,
      unit_cost: 1,
      cost: 1,
      requires_membership: false,
      deadline: hours(1),
      request: {},
    },
  )
  const others = [reserveCredits(db, account, hours(0), 2), reserveCredits(db, account, hours(0), 3)]
  await expect(failing).rejects.toThrow('hold_is_whole')
  await Promise.all(others)
  expect(await balance(db, account, hours(0))).toMatchObject({ available: 5, held: 5 })
  expect(await verify(db, account)).toEqual([])
})

it('settlements of one batch refund to the original lots, and replace expired ones', async () => {
  const account = await newAccount(db)
  await grantCredits(db, account, hours(0), { amount: 4, expires_at: hours(2) })
  await grantCredits(db, account, hours(0), { amount: 4 })
  const ids = [randomUUID(), randomUUID(), randomUUID()]
  for (const id of ids) await reserveCredits(db, account, hours(1), 2, id)
  await Promise.all(
    ids.map((id, number) =>
      settleHold(db, account, hours(3), id, { spend: number === 0 ? 2 : 0, refund: number === 0 ? 0 : 2 }),
    ),
  )
  expect(await balance(db, account, hours(3))).toMatchObject({ available: 6, held: 0 })
  const { data } = await listEntries(db, account, NEWEST, {}, { limit: 5 })
  expect(data.map(entry => `${entry.from}>${entry.to} ${entry.amount}`)).toEqual([
    'held>available 2',
    'issued>available 2',
    'held>expired 2',
    'held>spent 2',
    'available>held 2',
  ])
  expect(await verify(db, account)).toEqual([])
})
