import type { Account } from '@lotkeeper/client'

/** What a view of an account gets: the account, what the address opens, and how to load again after an act. */
export type ViewProps = { account: Account; opened: string | null; version: number; reload: () => void }
