import type { Db } from '../../../db/core/command.ts'
import { expire } from '../../../db/ledger/lots/expire.ts'
import { grantCredits, newAccount, openTestDb } from '../../support/database/ledger.ts'

let db: Db
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openTestDb())
})
afterAll(() => close())

const day = (number: number) => new Date(Date.UTC(2027, 0, number))

it('expire writes nothing for an account without due expiries, so it works on a full disk', async () => {
  const account_key = await newAccount(db, day(1))
  await grantCredits(db, account_key, day(1), { amount: 7, expires_at: day(3) })
  await grantCredits(db, account_key, day(1), { amount: 9 })
  const expireAt = async (at: Date) => {
    const totals = await expire(db, { account_key, at })
    const { rows } = await db.query(
      `select (select count(*)::int from idempotency_records where account_key = $1) as operations,
         (select coalesce(sum(amount), 0)::int from entries where account_key = $1 and to_state = 'expired') as expired`,
      [account_key],
    )
    return { available: totals.available, ...rows[0] }
  }
  expect(await expireAt(day(2))).toEqual({ available: 16, operations: 2, expired: 0 })
  expect(await expireAt(day(3))).toEqual({ available: 9, operations: 2, expired: 7 })
  expect(await expireAt(day(4))).toEqual({ available: 9, operations: 2, expired: 7 })
})
