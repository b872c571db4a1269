import type { View } from './live-view.ts'

/** Whether nothing has happened in the account yet. */
export function isEmpty({ account, changes, generations, purchases }: View): boolean {
  return [account.memberships, changes.data, generations.data, purchases].every(({ length }) => length === 0)
}
