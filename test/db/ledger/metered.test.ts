import fc from 'fast-check'
import type { Db } from '../../../db/core/command.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { chargeOf } from '../../../domain/rates/charge.ts'
import { ceilingOf, priceByCard, type Usage } from '../../../domain/rates/price.ts'
import { rateCard } from '../../../domain/rates/schema.ts'
import type { SettlementTerms } from '../../../domain/rates/terms.ts'
import { grantCredits, newAccount, openTestDb } from '../../support/database/ledger.ts'
import { seed } from '../../support/run/servers.ts'

let db: Db
let close: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestDb()
  db = opened.db
  close = opened.close
})
afterAll(() => close())

const CALLS = 10_000
/** Larger batches cost more for each charge. */
const PER_BATCH = 25
const at = new Date(Date.UTC(2026, 0, 1))

const card = rateCard.parse({
  meters: { input_tokens: { credits: 1, per: 1000 }, output_tokens: { credits: 4, per: 1000 } },
  rounding: 'carry',
})
const terms = { card, options: {}, excess: 'draw', shortfall: 'cap', free: false } as unknown as SettlementTerms

function chargeCommand(account: string, n: number, usage: Usage, terms: SettlementTerms) {
  return {
    account,
    key: `charge/${n}`,
    fingerprint: '',
    at,
    product: 'test-product',
    generation: `${account}/${n}`,
    operation: 'chat',
    outputs: 1,
    cost: terms.free ? 0 : ceilingOf(priceByCard(card, {}, 1, usage)),
    requires_membership: false,
    free_trial: false,
    deadline: at,
    request: {},
    terms,
    charge: chargeOf(terms, { delivered: 1, items: {}, rest: usage, cost: null }),
  }
}

it(`RC-05 ${CALLS} carried charges neither lose nor invent a thousandth of a credit`, async () => {
  const account_key = await newAccount(db)
  await grantCredits(db, account_key, new Date(0), { amount: 1_000_000 })
  const usages = fc.sample(fc.record({ input_tokens: fc.nat(1_500), output_tokens: fc.nat(400) }), {
    numRuns: CALLS,
    seed,
  })
  for (let start = 0; start < CALLS; start += PER_BATCH) {
    const batch = usages.slice(start, start + PER_BATCH)
    const commands = batch.map((usage, n) => chargeCommand(account_key, start + n, usage, terms))
    const { rows } = await db.query('select answer from charge($1)', [JSON.stringify(commands)])
    expect(rows.filter(({ answer }) => answer.generation?.state !== 'committed')).toEqual([])
  }
  const { rows } = await db.query(
    `select (select sum(spent)::int from holds where account_key = $1) as spent,
       (select (credits * 1000)::int from remainders where account_key = $1) as thousandths`,
    [account_key],
  )
  const used = usages.reduce((sum, { input_tokens, output_tokens }) => sum + input_tokens + 4 * output_tokens, 0)
  expect(rows[0].spent * 1000 + rows[0].thousandths).toBe(used)
  expect(await verify(db, account_key)).toEqual([])
})

it('RC-05 a free generation leaves the carried remainder as it is', async () => {
  const account_key = await newAccount(db)
  await grantCredits(db, account_key, new Date(0), { amount: 10 })
  const free = { ...terms, free: true } as SettlementTerms
  const calls = [terms, free, terms]
  for (const [n, each] of calls.entries()) {
    const command = chargeCommand(account_key, n, { input_tokens: 700 }, each)
    await db.query('select answer from charge($1)', [JSON.stringify([command])])
  }
  const { rows } = await db.query(
    `select (select sum(spent)::int from holds where account_key = $1) as spent,
       (select (credits * 1000)::int from remainders where account_key = $1) as thousandths`,
    [account_key],
  )
  expect(rows[0]).toEqual({ spent: 1, thousandths: 400 })
  expect(await verify(db, account_key)).toEqual([])
})
