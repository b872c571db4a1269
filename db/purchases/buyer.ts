import { arrangedAt, type LimitOverrides } from '../../domain/policy/entitlements.ts'
import type { Buyer } from '../../domain/purchases/packs.ts'
import type { Account } from '../accounts/accounts.ts'
import type { Db } from '../core/command.ts'
import { listMemberships } from '../memberships/memberships.ts'

/** An account as a buyer, at a time of its clock. */
export async function loadBuyer(db: Db, account: Account, at: string): Promise<Buyer> {
  const memberships = await listMemberships(db, account.account_key)
  const held = memberships.filter(({ status }) => status.state !== 'ended' && status.state !== 'lapsed')
  const { rows } = await db.query<{ limit_overrides: LimitOverrides }>(
    'select limit_overrides from accounts where account_key = $1',
    [account.account_key],
  )
  const is_member = account.member_until !== null && account.member_until.toISOString() > at
  return {
    account: account.account,
    is_member,
    arranged_percent: arrangedAt(rows[0]?.limit_overrides ?? {}, at)?.discount_percent,
    plans: is_member ? held.map(({ status }) => status.plan) : [],
  }
}
