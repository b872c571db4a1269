import { randomUUID } from 'node:crypto'
import { loadContextAndReservation } from '../../../db/accounts/account-context.ts'
import type { Db } from '../../../db/core/command.ts'
import { balance } from '../../../db/ledger/balance.ts'
import { rollbackReservation } from '../../../db/ledger/holds/settle.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import {
  grantCredits,
  newAccount,
  openTestDb,
  PRODUCT,
  reserveCredits,
  settleHold,
} from '../../support/database/ledger.ts'

let db: Db
let end: () => Promise<void>
const at = new Date('2026-01-01T00:00:00Z')

beforeAll(async () => {
  const opened = await openTestDb(50)
  db = opened.db
  end = opened.close
})
afterAll(() => end())

async function refusalOf(command: Promise<unknown>): Promise<string | null> {
  return command.then(
    () => null,
    error => {
      if (error instanceof Refused) return error.refusal.code
      throw error
    },
  )
}

it('50 clients on one account never spend more credits than it has', async () => {
  const account = await newAccount(db)
  for (const amount of [70, 50, 80]) await grantCredits(db, account, at, { amount })
  let spent = 0
  const client = async () => {
    for (let i = 0; i < 10; i++) {
      const id = randomUUID()
      if (await refusalOf(reserveCredits(db, account, at, 1, id))) continue
      const spend = i % 2
      await settleHold(db, account, at, id, { spend, refund: 1 - spend })
      spent += spend
    }
  }
  await Promise.all(Array.from({ length: 50 }, client))
  expect(await balance(db, account, at)).toMatchObject({ available: 200 - spent, held: 0 })
  expect(spent).toBeGreaterThan(0)
  expect(await verify(db)).toEqual([])
})

it('50 clients that send the same reservation get one hold', async () => {
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 10 })
  const id = randomUUID()
  const answers = await Promise.all(Array.from({ length: 50 }, () => reserveCredits(db, account, at, 3, id)))
  expect(answers.filter(answer => !answer.replayed)).toHaveLength(1)
  expect(new Set(answers.map(answer => JSON.stringify(answer.generation))).size).toBe(1)
  expect(await balance(db, account, at)).toMatchObject({ available: 7, held: 3 })
})

it('one of many settlements of a hold wins', async () => {
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 10 })
  const id = randomUUID()
  await reserveCredits(db, account, at, 10, id)
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, spend) => {
      const part = spend % 11
      return refusalOf(settleHold(db, account, at, id, { spend: part, refund: 10 - part }))
    }),
  )
  expect(codes.filter(code => code === null).length).toBeGreaterThanOrEqual(1)
  const { available, held } = await balance(db, account, at)
  expect(held).toBe(0)
  expect(available).toBeLessThanOrEqual(10)
  expect(await verify(db)).toEqual([])
})

it('the last credit is spent once', async () => {
  const account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 1 })
  const codes = await Promise.all(Array.from({ length: 50 }, () => refusalOf(reserveCredits(db, account, at, 1))))
  expect(codes.filter(code => code === null)).toHaveLength(1)
  expect(codes.filter(code => code === 'insufficient_credits')).toHaveLength(49)
})

// Found by test/faults/kills.test.ts: a read during a rollback returned the hold.
it('a read during a rollback returns the whole hold or none', async () => {
  const name = randomUUID()
  const account = await newAccount(db, at, name)
  await grantCredits(db, account, at, { amount: 100 })
  const replacement = { expires_at: at, spend_keys: {}, terms: {} }
  const states = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const id = randomUUID()
      await reserveCredits(db, account, at, 1, id)
      const [{ known }] = await Promise.all([
        loadContextAndReservation(db, PRODUCT, name, id, at),
        rollbackReservation(db, { account_key: account, at }, id, replacement),
      ])
      return known?.state
    }),
  )
  expect(new Set(states.filter(state => state !== undefined && state !== 'reserved'))).toEqual(new Set())
  expect(await balance(db, account, at)).toMatchObject({ available: 100, held: 0 })
  expect(await verify(db, account)).toEqual([])
})
