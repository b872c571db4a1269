import { loadAccountByKey, timeOf } from '../db/accounts/accounts.ts'
import { closeAccount, countValidCodes, listOpenWork, type OpenWork } from '../db/accounts/close.ts'
import type { Db } from '../db/core/command.ts'
import { mapRefusals } from './failures.ts'

export type ClosureActivities = ReturnType<typeof closureActivities>
export type { OpenWork }

/** The steps of closing an account, by its key. */
export function closureActivities({ db, now }: { db: Db; now: () => Date }) {
  return {
    findOpenWork: ({ account_key }: { account_key: string }): Promise<OpenWork[]> => listOpenWork(db, account_key),

    closeAccount: ({ account_key }: { account_key: string }): Promise<{ expired: number; valid_codes: number }> =>
      mapRefusals(async () => {
        const at = timeOf(await loadAccountByKey(db, account_key), now())
        const { expired } = await closeAccount(db, { account_key, at })
        return { expired, valid_codes: await countValidCodes(db, account_key) }
      }),
  }
}
