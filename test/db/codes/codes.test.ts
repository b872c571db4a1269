import { randomUUID } from 'node:crypto'
import { findCode, latestCode, redeemCode } from '../../../db/codes/codes.ts'
import type { Db } from '../../../db/core/command.ts'
import { balance } from '../../../db/ledger/balance.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { deriveCode, hashOfCode } from '../../../domain/codes/codes.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { newAccount, openTestDb, reserveCredits, settleHold } from '../../support/database/ledger.ts'

const product = 'test-product'
const at = new Date('2026-01-01T00:00:00Z')
const terms = {
  source: 'purchased',
  credits: 5,
  validity: 'never_expires',
  members_only: false,
  policy_version: 1,
}

let db: Db
let end: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestDb(50)
  db = opened.db
  end = opened.close
})
afterAll(async () => {
  expect(await verify(db)).toEqual([])
  await end()
})

const command = (account_key: string, operation_key: string = randomUUID()) => ({
  account_key,
  operation_key,
  at,
})

const newCode = (purchase: string, issue: number) => ({
  product,
  purchase,
  issue,
  secret_version: 1,
  hash: hashOfCode(deriveCode([{ version: 1, secret: 's' }], 1, { product, purchase, issue })),
})

/** A purchase with its first code. */
async function createPurchaseWithCode() {
  const purchase = randomUUID()
  const buyer = await newAccount(db)
  const issue = (n: number) => db.query('select issue_code($1, $2)', [at, { ...newCode(purchase, n), terms }])
  const clawBack = (credits: number, shortfall: string, cause = 'refund') =>
    db.query(`select claw_back_from_code(a, 'taken', $1, $2) from accounts a where account_key = $3`, [
      at,
      { origin: { type: 'purchase', id: purchase }, credits, cause, short: shortfall, reason: 'refund' },
      buyer,
    ])
  await issue(1)
  return {
    purchase,
    replace: issue,
    clawBack,
    /** A full refund, which takes effect only while the code is valid. */
    refundAll: () =>
      clawBack(5, 'retry').then(
        () => 'refunded',
        () => 'not refunded',
      ),
    restore: (cause = 'refund') =>
      db.query(`select restore_code(a, 'restored', $1, $2) from accounts a where account_key = $3`, [
        at,
        { code: purchase, cause, reason: 'restore' },
        buyer,
      ]),
    state: async (n = 1) => (await findCode(db, product, [newCode(purchase, n).hash]))?.state,
    redeem: (account_key: string, { issue: n = 1, key }: { issue?: number; key?: string } = {}) =>
      redeemCode(db, command(account_key, key), {
        product,
        hash: newCode(purchase, n).hash,
        lot: {
          source: 'purchased',
          amount: 5,
          expires_at: null,
          members_only: false,
          spend_key: '9999',
          origin: { type: 'purchase', id: purchase },
          reason: 'redeem',
          terms: {},
        },
      }),
  }
}

async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    error => {
      if (error instanceof Refused) return error.refusal.code
      throw error
    },
  )
}

const countByOutcome = (outcomes: string[]) =>
  Object.fromEntries([...new Set(outcomes)].sort().map(o => [o, outcomes.filter(x => x === o).length]))

it('a code is redeemed once under 200 concurrent attempts from 20 accounts', async () => {
  const { redeem, state } = await createPurchaseWithCode()
  const accounts = await Promise.all(Array.from({ length: 20 }, () => newAccount(db)))
  const attempts = Array.from({ length: 200 }, (_, n) => outcome(redeem(accounts[n % 20] ?? '')))
  expect(countByOutcome(await Promise.all(attempts))).toEqual({ code_already_redeemed: 199, done: 1 })
  const balances = await Promise.all(accounts.map(account => balance(db, account, at)))
  expect(balances.reduce((sum, { available }) => sum + available, 0)).toBe(5)
  expect(await state()).toBe('redeemed')
})

it('a repeated request returns the lot again; another code under its key is an error', async () => {
  const first = await createPurchaseWithCode()
  const other = await createPurchaseWithCode()
  const account = await newAccount(db)
  const { lot } = await first.redeem(account, { key: 'once' })
  expect(await first.redeem(account, { key: 'once' })).toMatchObject({ lot, replayed: true })
  expect(await outcome(other.redeem(account, { key: 'once' }))).toBe('idempotency_key_reused')
  expect(lot).toMatchObject({ granted: 5, origin: { type: 'purchase', id: first.purchase } })
})

it('a replaced code is invalid at once, and the new one grants the credits', async () => {
  const { purchase, replace, redeem, state } = await createPurchaseWithCode()
  const account = await newAccount(db)
  await replace(2)
  expect(await outcome(redeem(account))).toBe('code_replaced')
  expect(await outcome(redeem(account, { issue: 2 }))).toBe('done')
  expect(await latestCode(db, product, purchase)).toMatchObject({ issue: 2, state: 'redeemed', terms })
  expect(await state()).toBe('replaced')
  await expect(replace(3)).rejects.toThrow('redeemed or refunded meanwhile')
})

it('a code is redeemed or replaced, never both', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const { replace, redeem } = await createPurchaseWithCode()
      const account = await newAccount(db)
      const replaced = replace(2).then(
        () => 'replaced',
        () => 'not replaced',
      )
      return (await Promise.all([outcome(redeem(account)), replaced])).join()
    }),
  )
  expect(['done,not replaced', 'code_replaced,replaced']).toEqual(expect.arrayContaining([...new Set(outcomes)]))
})

it('a refund invalidates the code, and a failed refund makes it valid again', async () => {
  const { refundAll, restore, redeem, state } = await createPurchaseWithCode()
  const account = await newAccount(db)
  expect(await refundAll()).toBe('refunded')
  expect(await outcome(redeem(account))).toBe('code_refunded')
  await restore()
  expect(await state()).toBe('valid')
  expect((await redeem(account)).lot).toMatchObject({ granted: 5 })
  expect(await refundAll()).toBe('not refunded')
})

it('a code is redeemed or refunded, never both', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const { refundAll, redeem } = await createPurchaseWithCode()
      const account = await newAccount(db)
      const both = await Promise.all([outcome(redeem(account)), refundAll()])
      const { available } = await balance(db, account, at)
      return `${both.join()} ${available}`
    }),
  )
  expect(['done,not refunded 5', 'code_refunded,refunded 0']).toEqual(expect.arrayContaining([...new Set(outcomes)]))
})

it('a partial refund reduces the credits of the code and of its replacement', async () => {
  const { clawBack, replace, redeem } = await createPurchaseWithCode()
  await clawBack(2, 'leave')
  await replace(2)
  expect((await redeem(await newAccount(db), { issue: 2 })).lot).toMatchObject({ granted: 3 })
})

it('a chargeback revokes the credits of the redeeming account, and a won one restores them', async () => {
  const { clawBack, restore, redeem } = await createPurchaseWithCode()
  const account = await newAccount(db)
  await redeem(account)
  await reserveCredits(db, account, at, 2, 'spent')
  await settleHold(db, account, at, 'spent', { spend: 2, refund: 0 })
  await clawBack(5, 'debt', 'dispute')
  expect(await balance(db, account, at)).toMatchObject({ available: 0, debt: 2 })
  await restore('dispute')
  expect(await balance(db, account, at)).toMatchObject({ available: 3, debt: 0 })
})

it('an unknown code is invalid, and so is one of another product', async () => {
  const { redeem, purchase } = await createPurchaseWithCode()
  expect(await outcome(redeem(await newAccount(db), { issue: 9 }))).toBe('code_invalid')
  expect(await findCode(db, 'other-product', [newCode(purchase, 1).hash])).toBeNull()
})
