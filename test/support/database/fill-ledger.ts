import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { putAccount } from '../../../db/accounts/accounts.ts'
import { fingerprint } from '../../../db/core/command.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { grantCredits } from './ledger.ts'

const PRODUCT = 'kvidai'
/** Generations of an account, with two entries each. Every fiftieth stays held, the others are settled. */
const GENERATIONS = 100

/** Fills a ledger with accounts and their generations, by a hundred commands per statement. */
export async function fillLedger(databaseUrl: string, entries: number): Promise<void> {
  const db = connectDb(databaseUrl, 4, { statementSeconds: 120 })
  const accounts = Array.from({ length: Math.ceil(entries / (2 * GENERATIONS)) }, () => randomUUID())
  const fill = async () => {
    for (let account = accounts.pop(); account; account = accounts.pop()) await fillAccount(account)
  }
  const fillAccount = async (name: string) => {
    const at = new Date()
    await putAccount(db, PRODUCT, name, {}, at)
    const account = accountKey(PRODUCT, name)
    for (const amount of [GENERATIONS, GENERATIONS]) await grantCredits(db, account, at, { amount })
    const ids = Array.from({ length: GENERATIONS }, () => randomUUID())
    const common = (generation: string) => ({
      account,
      generation,
      at,
      fingerprint: fingerprint({ generation }),
    })
    const send = (command: string, commands: object[]) =>
      db.query(`select count(*) from ${command}($1)`, [JSON.stringify(commands)])
    await send(
      'reserve',
      ids.map(id => ({ ...common(id), key: `reserve/${id}`, ...reservation, deadline: at })),
    )
    await send(
      'settle',
      ids.filter((_, n) => n % 50 > 0).map(id => ({ ...common(id), key: `settle/${id}/complete`, ...settlement })),
    )
  }
  await Promise.all([fill(), fill(), fill()])
  await db.query('analyze')
  await db.end()
}

const reservation = {
  product: PRODUCT,
  operation: 'text',
  outputs: 1,
  unit_cost: 1,
  cost: 1,
  requires_membership: false,
  free_trial: false,
  request: {},
}

const settlement = {
  spend: 1,
  refund: 0,
  returned: 0,
  state: 'committed',
  items: {},
  rest: { kind: 'complete', left: 1, delivered: 1 },
}
