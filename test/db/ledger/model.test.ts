import fc from 'fast-check'
import type { Db } from '../../../db/core/command.ts'
import { balance, balanceAt } from '../../../db/ledger/balance.ts'
import { expire } from '../../../db/ledger/lots/expire.ts'
import { revoke } from '../../../db/ledger/lots/grant.ts'
import { listLots } from '../../../db/ledger/lots/lots.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { setMemberUntil } from '../../../db/memberships/period.ts'
import { Refused } from '../../../domain/shared/refusals.ts'
import { grantCredits, newAccount, openTestDb, reserveCredits, settleHold } from '../../support/database/ledger.ts'
import { Model } from './model.ts'

let db: Db
let end: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestDb()
  db = opened.db
  end = opened.close
})
afterAll(() => end())

const hours = (n: number) => new Date(Date.UTC(2026, 0, 1, n))

/** Short, so that sequences hold a revived lot until its expiry. */
const REVIVED_HOURS = 6

type Real = { account: string; run: number; commandCount: number; past: { hour: number; balance: object }[] }

/** Runs one command on ledger and model, and compares their balances. */
function step(
  description: string,
  runStep: (model: Model, real: Real) => Promise<void>,
  isPossible: (model: Model) => boolean = () => true,
): fc.AsyncCommand<Model, Real> {
  return {
    check: model => isPossible(model as Model),
    run: async (model, real) => {
      real.commandCount += 1
      await runStep(model, real)
      const { available, held, frozen } = await balance(db, real.account, hours(model.now))
      expect({ available, held, frozen }).toEqual(model.balance())
    },
    toString: () => description,
  }
}

function grant(amount: number, validHours: number | null, members_only: boolean, source: string) {
  return step(
    `grant ${amount} for ${validHours} h, members only: ${members_only}, from ${source}`,
    async (model, real) => {
      const expires = validHours === null ? null : model.now + validHours
      const expires_at = expires === null ? null : hours(expires)
      await grantCredits(db, real.account, hours(model.now), { amount, expires_at, members_only, source })
      model.grant(amount, expires, members_only, source)
    },
  )
}

function reserve(id: string, cost: number) {
  return step(
    `reserve ${cost} as ${id}`,
    async (model, real) => {
      const code = await codeOf(reserveCredits(db, real.account, hours(model.now), cost, `${real.run}/${id}`))
      expect(code).toBe(model.reserve(id, cost) ? 'done' : 'insufficient_credits')
    },
    model => !model.holds.has(id),
  )
}

function settle(id: string, delivered: number) {
  return step(
    `settle ${id}, ${delivered} delivered`,
    async (model, real) => {
      const held = model.holds.get(id)
      const amount = held?.draws.reduce((total, draw) => total + draw.amount, 0) ?? 0
      const spend = Math.min(amount, delivered)
      const code = await codeOf(
        settleHold(db, real.account, hours(model.now), `${real.run}/${id}`, {
          spend,
          refund: amount - spend,
          revive_until: hours(model.now + REVIVED_HOURS),
        }),
      )
      // A repeated settlement is replayed, a different one refused; neither moves credits.
      expect(held?.open ? ['done'] : ['done', 'idempotency_key_reused']).toContain(code)
      model.settle(id, spend)
    },
    model => model.holds.has(id),
  )
}

function revokeCredits(amount: number, source: string) {
  return step(`revoke ${amount} of ${source}`, async (model, real) => {
    const command = { account_key: real.account, operation_key: `revoke/${real.commandCount}`, at: hours(model.now) }
    const code = await codeOf(revoke(db, command, { source, amount, reason: 'test' }))
    expect(code).toBe(model.revoke(source, amount) ? 'done' : 'insufficient_credits')
  })
}

function advance(time: number, runsExpiry: boolean) {
  return step(`${time} h later, expiry runs: ${runsExpiry}`, async (model, real) => {
    real.past.push({ hour: model.now, balance: model.balance() })
    model.now += time
    if (runsExpiry) await expire(db, { account_key: real.account, at: hours(model.now) })
  })
}

function member(time: number) {
  return step(time === 0 ? 'lapse' : `member for ${time} h`, async (model, real) => {
    const command = { account_key: real.account, operation_key: `member/${real.commandCount}`, at: hours(model.now) }
    await setMemberUntil(db, command, hours(model.now + time))
    model.memberUntil = model.now + time
  })
}

async function codeOf(command: Promise<unknown>): Promise<string> {
  try {
    await command
    return 'done'
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code
    throw error
  }
}

const id = fc.constantFrom('a', 'b', 'c', 'd')
const source = fc.constantFrom('monthly', 'purchased')
const amount = fc.integer({ min: 0, max: 12 })
const validHours = fc.option(fc.integer({ min: 0, max: 48 }))

const steps = [
  fc.tuple(fc.integer({ min: 1, max: 20 }), validHours, fc.boolean(), source).map(args => grant(...args)),
  fc.tuple(id, amount).map(args => reserve(...args)),
  fc.tuple(id, amount).map(args => settle(...args)),
  fc.tuple(fc.integer({ min: 1, max: 12 }), source).map(args => revokeCredits(...args)),
  fc.tuple(fc.integer({ min: 1, max: 24 }), fc.boolean()).map(args => advance(...args)),
  fc.constantFrom(0, 10, 30).map(member),
]

/** Holds all credits for some hours and returns them. */
function holdAndReturn(wait: number, time: number) {
  return step(`after ${wait} h, 5 are held for ${time} h`, async (model, real) => {
    const id = String(real.commandCount)
    model.now += wait
    await reserve(id, 5).run(model, real)
    model.now += time
    if (model.holds.has(id)) await settle(id, 0).run(model, real)
  })
}

const cycles = [
  fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 9 })).map(args => holdAndReturn(...args)),
]

let run = 0

function matchesModel(
  steps: fc.Arbitrary<fc.AsyncCommand<Model, Real>>[],
  before: (model: Model, real: Real) => unknown,
) {
  return fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: 'max' }), async commands => {
    const real: Real = { account: await newAccount(db, hours(0)), run: run++, commandCount: 0, past: [] }
    const model = Object.assign(new Model(), { revivedHours: REVIVED_HOURS })
    await before(model, real)
    await fc.asyncModelRun(() => ({ model, real }), commands)

    await expire(db, { account_key: real.account, at: hours(model.now) })
    model.expire()
    expect(await statesOfLots(real.account, hours(model.now))).toEqual(model.lots.map(statesOf))
    for (const { hour, balance: then } of real.past) {
      const { available, held, frozen } = await balanceAt(db, real.account, hours(hour))
      expect({ available, held, frozen }).toEqual(then)
    }
    expect(await verify(db, real.account)).toEqual([])
  })
}

it('any sequence of commands leaves ledger and model with the same balances and lots', () =>
  fc.assert(
    matchesModel(steps, () => undefined),
    { numRuns: 100 },
  ))

it('credits that return to an expired lot are revived once, as in the model', () =>
  fc.assert(
    matchesModel(cycles, (model, real) => grant(5, 2, false, 'monthly').run(model, real)),
    { numRuns: 30 },
  ))

type States = Record<'granted' | 'available' | 'held' | 'spent' | 'expired' | 'revoked', number>

function statesOf({ granted, available, held, spent, expired, revoked }: States): States {
  return { granted, available, held, spent, expired, revoked }
}

async function statesOfLots(account: string, at: Date): Promise<States[]> {
  const { data } = await listLots(db, account, at, { limit: 100 })
  return data.sort((a, b) => Number(a.id) - Number(b.id)).map(statesOf)
}
