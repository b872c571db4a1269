import { connectDb } from '../../db/core/connect.ts'
import { balance } from '../../db/ledger/balance.ts'
import { verify } from '../../db/ledger/verify.ts'
import { migrate } from '../../migrations/migrate.ts'
import { partition } from '../../migrations/partition.ts'
import { close, give, hold, newAccount } from '../support/ledger.ts'
import { createDatabase, inPartitions } from '../support/servers.ts'

const PARTITIONS = 8

const at = new Date('2026-03-01T00:00:00Z')

it('a book that is split keeps what is on it, goes on, and may be migrated and split again', async () => {
  const database = await createDatabase()
  let db = connectDb(database.url, 4)
  const account = await newAccount(db, at)
  await give(db, account, at, { amount: 10 })
  await hold(db, account, at, 4, 'before')
  await db.end()

  const tables = await partition(database.url, PARTITIONS)
  expect(tables).toEqual(expect.arrayContaining(['accounts', 'lots', 'holds', 'entries', 'operations']))
  await migrate(database.url)
  expect(await partition(database.url, PARTITIONS)).toEqual([])

  db = connectDb(database.url, 4)
  await close(db, account, at, 'before', { spend: 3, refund: 1 })
  await give(db, account, at, { amount: 5 })
  await hold(db, account, at, 2)
  expect(await balance(db, account, at)).toMatchObject({ available: 10, held: 2 })
  expect(await verify(db)).toEqual([])
  await expect(db.query('delete from entries')).rejects.toThrow('entries are never updated or deleted')
  await db.end()
  await database.drop()
})

describe.each(['batch', 'codes', 'concurrency', 'counters', 'model'])(
  `on a book in ${PARTITIONS} partitions: %s`,
  file => {
    beforeAll(() => inPartitions(PARTITIONS))
    require(`./${file}.test.ts`)
  },
)
