import { loadAccountByKey, timeOf } from '../db/accounts/accounts.ts'
import { closeAccount, countValidCodes, listOpenWork, type OpenWork } from '../db/accounts/close.ts'
import { raiseAttention } from '../db/attention/raise.ts'
import type { Db } from '../db/core/command.ts'
import { attention } from '../domain/shared/attention.ts'
import { mapRefusals } from './failures.ts'

export type ClosureActivities = ReturnType<typeof closureActivities>
export type { OpenWork }

type ClosureLook = { product: string; account_key: string; is_late?: boolean }

/** The steps of closing an account, by its key. */
export function closureActivities({ db, now }: { db: Db; now: () => Date }) {
  return {
    /** @param is_late whether what is still open needs a person */
    findOpenWork: async ({ product, account_key, is_late }: ClosureLook): Promise<OpenWork[]> => {
      const open = await listOpenWork(db, account_key)
      if (is_late && open.length > 0) {
        const at = timeOf(await loadAccountByKey(db, account_key), now())
        await raiseAttention(db, { product, subject: 'closure', id: account_key, account_key }, waitsFor(open), at)
      }
      return open
    },

    closeAccount: ({ account_key }: { account_key: string }): Promise<{ expired: number; valid_codes: number }> =>
      mapRefusals(async () => {
        const at = timeOf(await loadAccountByKey(db, account_key), now())
        const { expired } = await closeAccount(db, { account_key, at })
        return { expired, valid_codes: await countValidCodes(db, account_key) }
      }),
  }
}

function waitsFor(open: OpenWork[]): string {
  const names = open.map(({ kind, id }) => `the ${kind} ${id}`)
  return attention('closure_waiting', `the account is not closed before ${names.join(', ')} ended.`)
}
