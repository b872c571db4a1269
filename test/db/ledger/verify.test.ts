import { randomUUID } from 'node:crypto'
import type { Db } from '../../../db/core/command.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { grantCredits, newAccount, openTestDb, reserveCredits, settleHold } from '../../support/database/ledger.ts'

// Inconsistencies that verify must find. Each case corrupts a consistent ledger, and is rolled back.

let db: Db
let end: () => Promise<void>
let account: string
const at = new Date('2026-01-01T00:00:00Z')

beforeAll(async () => {
  const opened = await openTestDb()
  db = opened.db
  end = opened.close
  account = await newAccount(db)
  await grantCredits(db, account, at, { amount: 100 })
  const spent = randomUUID()
  await reserveCredits(db, account, at, 5, spent)
  await settleHold(db, account, at, spent, { spend: 5, refund: 0 })
  await reserveCredits(db, account, at, 3)
})
afterAll(() => end())

it.each([
  ['hash chain broken', 'update entries set amount = amount + 1 where entry_no = 1'],
  ['hash chain broken', 'delete from entries where entry_no = 2'],
  ['head differs from the last entry', `update accounts set head = ''`],
  ['lot differs from its entries', 'update lots set granted = granted + 1, available = available + 1'],
  ['account differs from its lots', 'update accounts set available = available + 1'],
  ['held credits differ from the open generations', `update holds set amount = amount + 1 where state = 'reserved'`],
  ['open generations differ from the reserved ones', 'update accounts set open_holds = 2'],
  ['generation differs from its entries', `update holds set amount = 4, spent = 4 where state = 'committed'`],
  ['state of a generation differs from its credits', `update holds set state = 'refunded' where state = 'committed'`],
  ['debt differs from the debts owed', 'update accounts set debt = 7'],
  [
    'purchase granted more than once',
    `insert into lots (account_key, source, granted, available, granted_at, members_only, spend_key, origin_type, origin_id, terms)
     select account_key, source, granted, granted, granted_at, members_only, spend_key, 'purchase', 'one', terms
     from lots cross join generate_series(1, 2)`,
  ],
])('verify reports "%s" after %s', async (what, corruption) => {
  const client = await db.connect()
  try {
    await client.query(`begin; set local session_replication_role = replica; ${corruption}`)
    expect((await verify(client, account)).map(inconsistency => inconsistency.what)).toContain(what)
  } finally {
    await client.query('rollback')
    client.release()
  }
  expect(await verify(db, account)).toEqual([])
})
