import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../db/accounts/account-key.ts'
import { putAccount } from '../../../db/accounts/accounts.ts'
import type { Db } from '../../../db/core/command.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { reserve } from '../../../db/ledger/holds/reserve.ts'
import { settle } from '../../../db/ledger/holds/settle.ts'
import { grant } from '../../../db/ledger/lots/grant.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { createDatabase } from '../run/servers.ts'

export const PRODUCT = 'test-product'

/** Creates a database for a test file. Its close verifies the ledger. */
export async function openTestDb(connections = 8): Promise<{ db: Db; close(): Promise<void> }> {
  const database = await createDatabase()
  // Long time-outs: dozens of clients on a busy machine.
  const db = connectDb(database.url, connections, { statementSeconds: 60 })
  return {
    db,
    close: async () => {
      const inconsistencies = await verify(db)
      await db.end()
      await database.drop()
      expect(inconsistencies).toEqual([])
    },
  }
}

/** Creates an account. @returns its key */
export async function newAccount(db: Db, at = new Date(0), name: string = randomUUID()): Promise<string> {
  await putAccount(db, PRODUCT, name, {}, at)
  return accountKey(PRODUCT, name)
}

type GrantFields = {
  amount: number
  expires_at?: Date | null
  members_only?: boolean
  source?: string
  origin?: string
}

export function grantCredits(db: Db, account_key: string, at: Date, fields: GrantFields, key = randomUUID()) {
  const { amount, expires_at = null, members_only = false, source = 'purchased', origin = key } = fields
  return grant(
    db,
    { account_key, operation_key: key, at },
    {
      source,
      amount,
      expires_at,
      members_only,
      spend_key: expires_at?.toISOString() ?? '9999',
      origin: { type: 'test', id: origin },
      reason: 'test',
      terms: {},
      stated_expiry: expires_at,
    },
  )
}

export function reserveCredits(db: Db, account_key: string, at: Date, cost: number, generation: string = randomUUID()) {
  return reserve(
    db,
    { account_key, at },
    {
      product: PRODUCT,
      generation,
      operation: 'image',
      outputs: 1,
      unit_cost: cost,
      cost,
      requires_membership: false,
      deadline: new Date(at.getTime() + 60_000),
      request: { cost },
    },
  )
}

/** Settles a hold: spends `spend` credits and refunds `refund`. */
export function settleHold(
  db: Db,
  account_key: string,
  at: Date,
  generation: string,
  {
    spend,
    refund,
    revive_until = new Date(at.getTime() + 7 * 24 * 3_600_000),
  }: { spend: number; refund: number; revive_until?: Date },
) {
  const key = revive_until.toISOString()
  return settle(
    db,
    { account_key, operation_key: `settle/${generation}`, at },
    {
      generation,
      spend,
      refund,
      returned: spend > 0 ? 0 : 1,
      state: refund === 0 ? 'committed' : spend === 0 ? 'refunded' : 'partially_refunded',
      items: {},
      rest: { kind: 'complete', left: 1, delivered: spend > 0 ? 1 : 0 },
      replacement: { expires_at: revive_until, spend_keys: { monthly: key, purchased: key }, terms: {} },
    },
  )
}
