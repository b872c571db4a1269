import { accountKey } from '../../../db/accounts/account-key.ts'
import { databaseTime } from '../../../db/core/clock.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { findImportOf, type Import } from '../../../db/imports/imports.ts'
import { accountsThatUsed, undoImport } from '../../../db/imports/undo.ts'
import { balance } from '../../../db/ledger/balance.ts'
import { listLots } from '../../../db/ledger/lots/lots.ts'
import { verify } from '../../../db/ledger/verify.ts'
import type { Policy } from '../../../domain/policy/policy.ts'
import { policyOf, readPolicies } from '../../../platform/policy-store.ts'
import { digestOf, importFiles } from '../../../scripts/imports/files.ts'
import { importFolder } from '../../../scripts/imports/import.ts'
import { reserveCredits } from '../../support/database/ledger.ts'
import { lockRows, statementWaits } from '../../support/database/row-lock.ts'
import { root } from '../../support/root.ts'
import { createDatabase, type TestDatabase, temporalAddress } from '../../support/run/servers.ts'
import { launch } from '../../support/servers/program.ts'
import { writeFolder } from './folder.ts'

// One test starts the program.
jest.setTimeout(120_000)

const policies = readPolicies(`${root}/policies`)
const kvidai: Policy = policyOf(policies, 'kvidai')
const FREEZE = new Date('2026-11-20T00:00:00Z')

let database: TestDatabase
let db: ReturnType<typeof connectDb>
const folders: (() => Promise<void>)[] = []

beforeAll(async () => {
  database = await createDatabase()
  db = connectDb(database.url, 4, { statementSeconds: 60 })
})
afterAll(async () => {
  const inconsistencies = await verify(db)
  await db.end()
  await database.drop()
  for (const remove of folders) await remove()
  expect(inconsistencies).toEqual([])
})

async function folderOf(files: Record<string, string[]>): Promise<string> {
  const { folder, remove } = await writeFolder(files)
  folders.push(remove)
  return folder
}

async function importInto(folder: string, { apply = true, asOf = FREEZE } = {}) {
  const rejected: string[] = []
  const outcome = await importFolder(db, kvidai, folder, {
    apply,
    asOf,
    reject: ({ file, line, reason }) => rejected.push(`${file}:${line}: ${reason}`),
    start: async () => undefined,
  })
  return { ...outcome, lines: rejected }
}

async function importOf(folder: string): Promise<Import> {
  const found = await findImportOf(db, 'kvidai', await digestOf(await importFiles(folder)))
  if (!found) throw new Error('not imported')
  return found
}

const keyOf = (account: string) => accountKey('kvidai', account)
const lotsOf = async (account: string) => (await listLots(db, keyOf(account), FREEZE, { limit: 100 })).data
const countOf = async (table: string, where = 'true') =>
  (await db.query(`select count(*)::int as n from ${table} where ${where}`)).rows[0].n as number

test('lots keep their dates, expiry, reference and what was spent of them', async () => {
  const folder = await folderOf({
    'accounts.csv': ['account,email,time_zone,had_trial', 'ada,ada@example.com,Europe/Berlin,true'],
    'lots.jsonl': [
      '{"id":"l1","account":"ada","source":"purchased","amount":40,"granted":100,"granted_at":"2026-03-01T10:00:00Z","reference":"order-7"}',
      '{"id":"l2","account":"ada","source":"promotional","amount":5,"granted_at":"2026-11-01T00:00:00Z","expires_at":"never"}',
    ],
    'lots-more.csv': [
      'id,account,source,amount,granted,granted_at,expires_at,reference',
      'l3,bob,purchased,7,,2026-11-02T00:00:00Z,2026-12-24T00:00:00Z,',
    ],
  })
  const dry = await importInto(folder, { apply: false })
  expect(dry).toMatchObject({ state: 'checked', rejected: 0, report: { accounts: { new: 2, existing: 0 } } })
  expect(dry.report.credits).toEqual([
    { source: 'promotional', expires: null, lots: 1, credits: 5 },
    { source: 'purchased', expires: '2026-12', lots: 1, credits: 7 },
    { source: 'purchased', expires: '2027-03', lots: 1, credits: 40 },
  ])
  expect([await countOf('accounts'), await countOf('import_rows'), await countOf('imports')]).toEqual([0, 0, 0])

  expect(await importInto(folder)).toMatchObject({ state: 'applied', report: dry.report })
  expect(await lotsOf('ada')).toEqual([
    expect.objectContaining({
      source: 'purchased',
      granted: 100,
      available: 40,
      spent: 60,
      granted_at: '2026-03-01T10:00:00.000Z',
      expires_at: '2027-03-01T10:00:00.000Z',
      origin: { type: 'import', id: 'order-7' },
    }),
    expect.objectContaining({
      source: 'promotional',
      available: 5,
      expires_at: null,
      origin: { type: 'import', id: 'l2' },
    }),
  ])
  const { rows } = await db.query('select email, time_zone, trial_membership from accounts where account_key = $1', [
    keyOf('ada'),
  ])
  expect(rows).toEqual([{ email: 'ada@example.com', time_zone: 'Europe/Berlin', trial_membership: expect.any(String) }])
  expect((await balance(db, keyOf('bob'), FREEZE)).available).toBe(7)
  expect(await countOf('import_rows')).toBe(0)
})

test('a repeated import and lots that another one brought are imported once', async () => {
  const lot = 'r1,rae,purchased,9,2026-11-02T00:00:00Z'
  const head = 'id,account,source,amount,granted_at'
  const first = await folderOf({ 'lots.csv': [head, lot] })
  await importInto(first)
  expect(await importInto(first)).toMatchObject({ state: 'applied' })
  const second = await importInto(
    await folderOf({ 'lots.csv': [head, lot, 'r2,rae,purchased,1,2026-11-03T00:00:00Z'] }),
  )
  expect(second.report.records).toEqual([{ kind: 'lots', new: 1, known: 1 }])
  expect((await lotsOf('rae')).map(({ granted }) => granted)).toEqual([9, 1])
  const changed = await importInto(await folderOf({ 'lots.csv': [head, lot.replace(',9,', ',10,')] }))
  expect(changed).toMatchObject({ state: 'checked', rejected: 1 })
  expect(changed.lines).toEqual([expect.stringMatching(/^lots\.csv:2: id: was imported with other values, by imp_/)])
})

test('every wrong line is named with its reason, and then nothing is imported', async () => {
  const folder = await folderOf({
    'accounts.jsonl': [
      '{"account":"eve","stripe_customer":"cus_1"}',
      '{"account":"eva","stripe_customer":"cus_1"}',
      '{"account":"eve@example.com","mail":"x"}',
      'account: eve',
    ],
    'codes.csv': ['code,sha256,source,credits', 'ABCD-1234,,purchased,5', 'abcd1234,,purchased,5', ',,purchased,5'],
    'lots.csv': [
      'id,account,source,amount,granted_at,expires_at',
      'b1,eve,bought,1,2026-11-01T00:00:00Z,never',
      'b2,eve,purchased,1.5,2026-11-01T00:00:00Z,never',
      'b3,eve,purchased,1,yesterday,never',
      'b4,eve,purchased,1,2025-01-01T00:00:00Z,',
      'b5,eve,purchased,1,2026-11-21T00:00:00Z,',
      'b6,eve,purchased,1',
      'b7,eve,purchased,1,2026-11-01T00:00:00Z,never',
      'b7,eve,purchased,1,2026-11-01T00:00:00Z,never',
    ],
    'memberships.csv': [
      'id,account,plan,anchor,paid_through',
      'm1,eve,gold,2026-11-01T00:00:00Z,2026-12-01T00:00:00Z',
      'm2,eve,membership,2026-11-01T00:00:00Z,',
    ],
  })
  const before = await countOf('accounts')
  const { lines, state, rejected } = await importInto(folder)
  expect([state, rejected]).toEqual(['checked', lines.length])
  expect(lines.sort()).toEqual([
    'accounts.jsonl:2: stripe_customer: is also in accounts.jsonl, line 1',
    'accounts.jsonl:3: mail: is not a field of this call',
    'accounts.jsonl:4: is not JSON',
    'codes.csv:3: code: is also in codes.csv, line 2',
    'codes.csv:4: (body): must have code or sha256',
    'lots.csv:2: source: must be one of promotional, membership, purchased',
    'lots.csv:3: amount: must be a whole number',
    'lots.csv:4: granted_at: must be an ISO 8601 time with its offset, such as 2026-12-01T09:00:00Z',
    'lots.csv:5: expires_at: is 2026-01-01T00:00:00.000Z: the credits have expired; leave them out',
    'lots.csv:6: granted_at: must not be after the freeze, 2026-11-20T00:00:00.000Z',
    'lots.csv:7: has 4 cells, and the header has 6',
    'lots.csv:9: id: is also in lots.csv, line 8',
    'memberships.csv:2: plan: must be one of membership, enterprise',
    'memberships.csv:3: paid_through: is required, because the plan is paid',
  ])
  expect(await countOf('accounts')).toBe(before)
})

test('an import is undone while nothing was spent, and can be made again', async () => {
  const folder = await folderOf({
    'lots.csv': [
      'id,account,source,amount,granted,granted_at',
      'u1,una,purchased,30,50,2026-11-02T00:00:00Z',
      'u2,uwe,purchased,20,,2026-11-02T00:00:00Z',
    ],
    'memberships.csv': [
      'id,account,plan,anchor,paid_through',
      'u-m,una,membership,2026-11-10T00:00:00Z,2026-12-10T00:00:00Z',
    ],
    'codes.csv': ['code,source,credits', 'UNDO-1234,purchased,5'],
  })
  const made = await importInto(folder)
  expect(await accountsThatUsed(db, await importOf(folder))).toEqual([])
  const ended: string[] = []
  const kept = await undoImport(db, await importOf(folder), await databaseTime(db), async some => {
    ended.push(...some.map(({ account }) => account))
  })
  expect([kept, ended]).toEqual([{ accounts: [], codes: 0 }, ['una', 'una']])
  expect((await lotsOf('una')).map(({ available, spent, revoked }) => [available, spent, revoked])).toEqual([
    [0, 20, 30],
  ])
  expect(await countOf('memberships', "status->>'plan' = 'membership'")).toBe(0)
  expect(await countOf('codes')).toBe(0)
  const again = await importInto(folder)
  expect(again).toMatchObject({ state: 'applied', import: `${made.import}_2` })
  expect((await balance(db, keyOf('uwe'), FREEZE)).available).toBe(20)

  await reserveCredits(db, keyOf('uwe'), new Date(), 1)
  expect(await accountsThatUsed(db, await importOf(folder))).toEqual(['uwe'])
  expect(await undoImport(db, await importOf(folder), await databaseTime(db), async () => undefined)).toEqual({
    accounts: ['uwe'],
    codes: 0,
  })
  expect((await balance(db, keyOf('uwe'), FREEZE)).available).toBe(19)
})

test('a process that is killed loses and doubles nothing', async () => {
  const accounts = Array.from({ length: 1_500 }, (_, n) => `k${n}`).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const folder = await folderOf({
    'lots.csv': [
      'id,account,source,amount,granted_at',
      ...accounts.flatMap(account => [
        `${account}-1,${account},purchased,10,2026-11-02T00:00:00Z`,
        `${account}-2,${account},promotional,1,2026-11-03T00:00:00Z`,
      ]),
    ],
  })
  const last = accounts.at(-1) as string
  await db.query(
    `insert into accounts (account_key, product, account, time_zone, created_at, head)
     values ($1::uuid, 'kvidai', $2, 'UTC', $3, sha256(convert_to($1::text, 'UTF8')))`,
    [keyOf(last), last, FREEZE],
  )
  const servers = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporalAddress() }
  const args = [
    '--import',
    'tsx',
    'scripts/imports/main.ts',
    '--product',
    'kvidai',
    '--as-of',
    FREEZE.toISOString(),
    folder,
  ]
  const locker = { config: { databaseUrl: database.url }, db } as unknown as Parameters<typeof lockRows>[0]
  const release = await lockRows(locker, 'select 1 from accounts where account_key = $1 for update', [keyOf(last)])
  const killed = launch(root, [...args, '--apply'], servers)
  await statementWaits(locker, 'import_accounts')
  killed.kill('SIGKILL')
  await killed.ended
  expect(await countOf('lots', "origin_id like 'k%'")).toBe(2_000)
  await release()

  expect(await importInto(folder)).toMatchObject({ state: 'applied', rejected: 0 })
  expect(await countOf('lots', "origin_id like 'k%'")).toBe(3_000)
  expect(
    await countOf(
      'entries',
      "reason = 'import' and account_key in (select account_key from accounts where account like 'k%')",
    ),
  ).toBe(3_000)
  const { rows } = await db.query(`select distinct available::int from accounts where account like 'k%'`)
  expect(rows).toEqual([{ available: 11 }])
})
