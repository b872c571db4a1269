import { accountKey } from '../../../db/accounts/account-key.ts'
import { putAccount } from '../../../db/accounts/accounts.ts'
import type { Db } from '../../../db/core/command.ts'

/** Inserts `count` entries of an account directly, without commands and hash chain, for exports. */
export async function putManyEntries(db: Db, product: string, account: string, count: number) {
  const account_key = accountKey(product, account)
  await putAccount(db, product, account, {}, new Date())
  await db.query(
    `insert into lots (account_key, source, granted, available, granted_at, members_only, spend_key, origin_type,
       origin_id, terms) values ($1, 'purchased', 1000000, 1000000, now(), false, 'a', 'grant', 'g', '{}')`,
    [account_key],
  )
  await db.query(
    `insert into entries (account_key, entry_no, lot_id, from_state, to_state, amount, reason, operation, operation_key,
       at, recorded_at, balance_after, hash)
     select $1, n, (select lot_id from lots where account_key = $1), 'available', 'held', 1, 'reserve',
       case n when 1 then '=HYPERLINK("http://evil")' when 2 then '+1' when 3 then '@sum' else 'image' end,
       'k' || n, now(), now(), 0, ''
     from generate_series(1, $2) n`,
    [account_key, count],
  )
  await db.query('analyze entries')
  return account_key
}
