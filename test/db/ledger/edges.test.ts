import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Db } from '../../../db/core/command.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { balance } from '../../../db/ledger/balance.ts'
import { settle } from '../../../db/ledger/holds/settle.ts'
import { expire } from '../../../db/ledger/lots/expire.ts'
import { revoke } from '../../../db/ledger/lots/grant.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { setMemberUntil } from '../../../db/memberships/period.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { grantCredits, newAccount, reserveCredits, settleHold } from '../../support/database/ledger.ts'
import { caseCount, createDatabase, repetitions, seed, type TestDatabase } from '../../support/run/servers.ts'

// The millisecond in which lots expire, a membership lapses and holds time out: "until" excludes the instant. Many
// clients write concurrently, with clocks a millisecond apart.

const ROUNDS = caseCount(repetitions(50, 2_000))
const PROCESSES = 3
const EDGE = Date.UTC(2026, 5, 1)
const edge = (moment: number) => new Date(EDGE + moment)
const LONG_BEFORE = edge(-3_600_000)

let database: TestDatabase
/** One pool for each simulated process, since a process batches its commands. */
let pools: Db[]
let db: Db
/** How often each case occurred, to fail when one never occurs. */
const caseCounts: Record<string, number> = {}

beforeAll(async () => {
  database = await createDatabase()
  pools = Array.from({ length: PROCESSES }, () => connectDb(database.url, 12))
  ;[db] = pools as [Db]
})
afterAll(async () => {
  await Promise.all(pools.map(each => each.end()))
  await database.drop()
  console.info(`seed ${seed}: ${ROUNDS} rounds, ${JSON.stringify(caseCounts)}`)
})

jest.setTimeout(repetitions(60_000, 900_000))

/** Milliseconds after the instant. */
const moment = fc.integer({ min: -1, max: 1 })
const amount = fc.integer({ min: 1, max: 4 })
const holdIndex = fc.nat({ max: 5 })
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('reserve' as const), moment, amount: amount }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('settle' as const),
      moment,
      holdIndex,
      outcome: fc.constantFrom('complete' as const, 'fail' as const, 'timeout' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('revoke' as const), moment, amount: amount }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('expire' as const), moment }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('grant' as const), moment, amount: amount }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

const HELD = 5

/** An account whose credits expire, whose membership ends and whose holds time out at the instant. */
async function openAccount(): Promise<{ account: string; holds: string[] }> {
  const account = await newAccount(db, LONG_BEFORE)
  const covered = { account_key: account, operation_key: 'member', at: LONG_BEFORE }
  await setMemberUntil(db, covered, edge(0))
  const lots = [
    { amount: 25, expires_at: edge(0), source: 'monthly' },
    { amount: 8, expires_at: edge(50), members_only: true },
    { amount: 12 },
  ]
  await Promise.all(lots.map(lot => grantCredits(db, account, LONG_BEFORE, lot)))
  const holds = Array.from({ length: HELD }, () => randomUUID())
  await Promise.all(holds.map(id => reserveCredits(db, account, LONG_BEFORE, 3, id)))
  return { account, holds }
}

const replacement = {
  expires_at: edge(7 * 24 * 3_600_000),
  spend_keys: { monthly: 'r', purchased: 'r' },
  terms: {},
}

const verdicts = {
  complete: { spend: 3, refund: 0, returned: 0, state: 'committed' },
  fail: { spend: 0, refund: 3, returned: 1, state: 'refunded' },
  timeout: { spend: 0, refund: 3, returned: 1, state: 'timed_out' },
} as const

type Settled = { generation: string; outcome: keyof typeof verdicts }

async function runAction(db: Db, account: string, holds: string[], action: Action): Promise<object | undefined> {
  const key = { account_key: account, operation_key: randomUUID(), at: edge(action.moment) }
  switch (action.what) {
    case 'reserve':
      return reserveCredits(db, account, key.at, action.amount)
    case 'settle': {
      const generation = holds[action.holdIndex % HELD] ?? ''
      const rest = { kind: action.outcome, left: 1, delivered: action.outcome === 'complete' ? 1 : 0 }
      await settle(db, key, { generation, ...verdicts[action.outcome], items: {}, rest, replacement })
      return { generation, outcome: action.outcome } satisfies Settled
    }
    case 'revoke':
      return revoke(db, key, { source: 'purchased', amount: action.amount, reason: 'test' })
    case 'expire':
      return expire(db, key)
    case 'grant':
      return grantCredits(db, account, key.at, { amount: action.amount, expires_at: edge(2) })
  }
}

/** Entries that must not exist. $1 the account, $2 the instant */
const invalidEntries = /* sql */ `
  select e.entry_no, e.reason, e.amount, e.at, l.expires_at, l.members_only
  from entries e join lots l using (account_key, lot_id)
  where e.account_key = $1 and (
    e.from_state = 'available' and e.to_state in ('held', 'revoked') and e.at >= l.expires_at
    or e.to_state = 'available' and e.from_state = 'held' and e.at >= l.expires_at
    or e.to_state = 'held' and l.members_only and e.at >= $2
    or e.to_state = 'expired' and e.reason = 'expire' and e.at <> l.expires_at)`

it(`no lot is drawn at or after its expiry, and no hold is lost: ${ROUNDS} rounds (seed ${seed})`, async () => {
  const round = fc.asyncProperty(fc.array(action, { minLength: 24, maxLength: 24, size: 'max' }), async actions => {
    const { account, holds } = await openAccount()
    const results = await Promise.allSettled(actions.map((action, n) => runAction(poolOf(n), account, holds, action)))
    const settled = new Map<string, string>()
    const reserved: string[] = []
    for (const [n, result] of results.entries()) {
      const action = actions[n] as Action
      const code = result.status === 'rejected' ? codeOf(result.reason) : 'done'
      countCase(`${action.what} ${action.moment < 0 ? 'before' : 'after'}: ${code}`)
      if (result.status === 'rejected') continue
      if (action.what === 'reserve') reserved.push((result.value as any).generation.id)
      if (action.what !== 'settle') continue
      const { generation, outcome } = result.value as Settled
      // One settlement of a hold wins.
      expect(settled.has(generation)).toBe(false)
      settled.set(generation, verdicts[outcome].state)
    }
    const { rows } = await db.query(invalidEntries, [account, edge(0)])
    expect(rows).toEqual([])
    const recorded = await db.query<{ generation: string; state: string }>(
      `select generation, state from holds where account_key = $1 and state <> 'refused'`,
      [account],
    )
    const expected = [
      ...holds.map(generation => [generation, settled.get(generation) ?? 'reserved']),
      ...reserved.map(generation => [generation, 'reserved']),
    ]
    expect(new Map(recorded.rows.map(({ generation, state }) => [generation, state]))).toEqual(
      new Map(expected as [string, string][]),
    )
    expect(await verify(db, account)).toEqual([])
  })
  await fc.assert(round, { numRuns: ROUNDS, seed, endOnFailure: true })
  for (const name of ['reserve before: done', 'reserve after: insufficient_credits', 'settle after: done'])
    expect(caseCounts[name]).toBeGreaterThan(0)
})

it(`a membership that ends at the same instant freezes all credits that are not held: ${ROUNDS} rounds`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const account = await newAccount(db, LONG_BEFORE)
    await setMemberUntil(db, { account_key: account, operation_key: 'member', at: LONG_BEFORE }, edge(3_600_000))
    await grantCredits(db, account, LONG_BEFORE, { amount: 30, members_only: true })
    const lapse = { account_key: account, operation_key: 'lapse', at: edge(0) }
    const reserve = (_: unknown, n: number) => heldAmount(reserveCredits(poolOf(n), account, edge(0), 1))
    const [concurrent] = await Promise.all([
      Promise.all(Array.from({ length: 12 }, reserve)),
      setMemberUntil(db, lapse, edge(0)),
    ])
    const after = await Promise.all(Array.from({ length: 4 }, reserve))
    expect(after).toEqual([0, 0, 0, 0])
    countCase(`lapse: held ${concurrent.some(Boolean)}, refused ${concurrent.some(amount => !amount)}`)
    const { rows } = await db.query('select available::int, held::int from accounts where account_key = $1', [account])
    const sum = concurrent.reduce((total, amount) => total + amount, 0)
    expect(rows).toEqual([{ available: 30 - sum, held: sum }])
  }
  expect(await verify(db)).toEqual([])
})

it('credits returned to an expired lot are revived once, and the revived lot keeps its expiry however often it is held', async () => {
  const account = await newAccount(db, LONG_BEFORE)
  await grantCredits(db, account, LONG_BEFORE, { amount: 5, expires_at: edge(0) })
  const hours = (n: number) => edge(n * 3_600_000)
  const cancel = { spend: 0, refund: 5, revive_until: hours(24) }
  await reserveCredits(db, account, edge(-1), 5, 'first')
  await settleHold(db, account, hours(1), 'first', cancel)
  await reserveCredits(db, account, hours(2), 5, 'second')
  await settleHold(db, account, hours(3), 'second', cancel)
  expect(await balance(db, account, hours(23))).toMatchObject({ available: 5, held: 0 })
  await reserveCredits(db, account, hours(23), 5, 'third')
  const { totals } = await settleHold(db, account, hours(25), 'third', { ...cancel, revive_until: hours(48) })
  expect(totals).toMatchObject({ available: 0, held: 0, next_expiry: null })
  expect(await verify(db, account)).toEqual([])
})

const poolOf = (client: number) => pools[client % PROCESSES] as Db

/** Credits that a reservation drew. */
async function heldAmount(reserving: ReturnType<typeof reserveCredits>): Promise<number> {
  try {
    return (await reserving).generation.held
  } catch (error) {
    expect(codeOf(error)).toBe('insufficient_credits')
    return 0
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.refusal.code
  throw error
}

function countCase(what: string): void {
  caseCounts[what] = (caseCounts[what] ?? 0) + 1
}
