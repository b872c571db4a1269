import { account } from './account.ts'
import { accounts } from './accounts.ts'
import { acts } from './acts.ts'
import { inbox } from './inbox.ts'
import { operations } from './operations.ts'
import { search } from './search.ts'
import { shell } from './shell.ts'

/** All texts of the console, in English. */
export const texts = { ...shell, inbox, account, accounts, acts, operations, found: search }
