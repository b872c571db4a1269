import type { ComponentType } from 'react'
import { AccountScreen } from './account/account.tsx'
import { Accounts } from './accounts/accounts.tsx'
import { Inbox } from './inbox/inbox.tsx'
import { Operations } from './operations/operations.tsx'
import { SearchResults } from './search/search-results.tsx'
import { useAddress } from './shell/navigation.tsx'
import { NotFound } from './shell/not-found.tsx'

/** The screens of a product, by the step of the address after it. */
const screens: Record<string, ComponentType> = {
  inbox: Inbox,
  accounts: AccountOfAddress,
  operations: Operations,
  search: SearchResults,
}

/** The screen that the address names; the inbox if it names none. */
export function Screen() {
  const { steps } = useAddress()
  const Named = screens[steps[1] ?? 'inbox'] ?? NotFound
  return <Named />
}

function AccountOfAddress() {
  const { steps } = useAddress()
  const name = steps[2]
  return name === undefined ? <Accounts /> : <AccountScreen key={name} name={name} />
}
