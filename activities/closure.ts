import { loadAccountByKey, timeOf } from '../ledger/accounts.ts'
import type { Book } from '../ledger/act.ts'
import { closeAccount, type OpenWork, openWorkOf } from '../ledger/close.ts'
import { refusalsAsFailures } from './refusal-failure.ts'

export type ClosureActivities = ReturnType<typeof closureActivities>
export type { OpenWork }

/** The steps of closing an account, which is known by its key only. */
export function closureActivities({ book, now }: { book: Book; now: () => Date }) {
  return {
    findOpenWork: ({ account_key }: { account_key: string }): Promise<OpenWork[]> =>
      openWorkOf(book, account_key),

    closeAccount: ({ account_key }: { account_key: string }): Promise<{ expired: number }> =>
      refusalsAsFailures(async () => {
        const at = timeOf(await loadAccountByKey(book, account_key), now())
        const { expired } = await closeAccount(book, { account_key, at })
        return { expired }
      }),
  }
}
