import type { Db } from '../../../db/core/command.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { type AccountFilter, listAccounts } from '../../../db/search/accounts.ts'
import { search } from '../../../db/search/search.ts'
import { createDatabase, type TestDatabase } from '../../support/run/servers.ts'

// Lists and searches of a product with many accounts read few pages of the database.

const ACCOUNTS = 100_000
/** Pages of 8 kB that a call may read; a scan of all accounts reads twice as many. */
const PAGES = 1_000

let database: TestDatabase
let db: Db
const now = new Date('2026-12-01T00:00:00Z')

beforeAll(async () => {
  database = await createDatabase()
  const filling = connectDb(database.url, 1, { statementSeconds: 120 })
  for (const text of fill) await filling.query(text)
  await filling.end()
  db = connectDb(database.url, 2)
}, 120_000)
afterAll(async () => {
  await db.end()
  await database.drop()
})

const key = 'md5(n::text)::uuid'
/** Every thousandth account is a member and needs a person; every other thousandth is closed. */
const fill = [
  `insert into accounts (account_key, product, account, email, time_zone, created_at, head, member_until, closed_at)
   select ${key}, 'many', 'account-' || n, 'person' || n || '@example.com', 'UTC', timestamptz '2026-01-01' + n * interval '1 second',
     '', case when n % 1000 = 0 then timestamptz '2027-01-01' end, case when n % 1000 = 1 then timestamptz '2026-06-01' end
   from generate_series(1, ${ACCOUNTS}) n`,
  `insert into memberships (account_key, membership, product, provider, status, covered_until, revision)
   select ${key}, 'mem_' || n, 'many', 'manual', jsonb_build_object('plan', case when n % 10000 = 0 then 'rare' else 'common' end,
     'state', 'active', 'anchor', '2026-01-01T00:00:00Z'), '2027-01-01', 1 from generate_series(1000, ${ACCOUNTS}, 1000) n`,
  `insert into attention (product, subject, subject_id, kind, account_key, detail, since)
   select 'many', 'membership', 'mem_' || n, 'other', ${key}, '', '2026-12-01' from generate_series(1000, ${ACCOUNTS}, 1000) n`,
  `insert into purchases (account_key, purchase, product, provider, status, bought_at, revision)
   select ${key}, 'pur_' || md5(n::text), 'many', 'stripe', '{"pack": "small", "state": "fulfilled"}', '2026-11-01', 1
   from generate_series(1, 20000) n`,
  `insert into purchase_contacts (account_key, purchase, buyer_email)
   select ${key}, 'pur_' || md5(n::text), 'buyer' || n || '@example.com' from generate_series(1, 20000) n`,
  `insert into payment_references (product, provider, reference, account_key, purchase)
   select 'many', 'stripe', 'pi_' || md5(n::text), ${key}, 'pur_' || md5(n::text) from generate_series(1, 20000) n`,
  'analyze',
]

/** Runs a query, and reads it again to count the pages. */
async function pagesOf(read: (db: Db) => Promise<unknown>): Promise<number> {
  let pages = 0
  const counting = {
    async query(text: string, values: unknown[]) {
      const { rows } = await db.query(`explain (analyze, buffers, format json) ${text}`, values)
      const { Plan: plan } = rows[0]['QUERY PLAN'][0]
      pages += plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
      return db.query(text, values)
    },
  }
  await read(counting as unknown as Db)
  return pages
}

const filters: [filter: AccountFilter, first: string][] = [
  [{}, 'account-100000'],
  [{ email: 'person4711' }, 'account-47119'],
  [{ account: 'account-4711' }, 'account-47119'],
  [{ status: 'open' }, 'account-100000'],
  [{ status: 'closed' }, 'account-99001'],
  [{ member: true }, 'account-100000'],
  [{ member: false }, 'account-99999'],
  [{ plan: 'rare' }, 'account-100000'],
  [{ needs_attention: true }, 'account-100000'],
  [{ needs_attention: false }, 'account-99999'],
  [{ email: 'person10', member: true, plan: 'rare' }, 'account-100000'],
]

it.each(filters)(`%j among ${ACCOUNTS} accounts reads few pages, and so does the next page`, async (filter, first) => {
  const all = await listAccounts(db, 'many', filter, { limit: 5 }, now)
  expect(all.data[0]?.account).toBe(first)
  for (const cursor of [undefined, all.next_cursor ?? undefined])
    expect(await pagesOf(db => listAccounts(db, 'many', filter, { limit: 5, cursor }, now))).toBeLessThan(PAGES)
})

it.each([
  ['account-4711', 11],
  ['a', 20],
  ['person4711@example.com', 1],
  ['p', 20],
  ['buyer4711@', 1],
  ['pur_e', 20],
  ['pi_e', 20],
  ['nothing', 0],
])(`a search for %s among ${ACCOUNTS} accounts reads few pages`, async (text, count) => {
  const find = (db: Db) => search(db, 'many', { text, code: null }, 20)
  expect((await find(db)).length).toBe(count)
  expect(await pagesOf(find)).toBeLessThan(PAGES)
})
