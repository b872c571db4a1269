import type { Account } from '@lotkeeper/client'
import { useMemo } from 'react'
import type { Act } from '../act.ts'
import { auditAccount } from '../audit.ts'
import { useDesk } from '../desk.ts'
import { closeAccount } from './close.ts'
import { compensate } from './compensate.ts'
import { adjust, grant } from './credits.ts'
import { arrange, setLimits } from './limits.ts'

/** What support can do with an account. */
export function useAccountActs(account: Account): Act[] {
  const desk = useDesk()
  return useMemo(
    () => [
      grant(desk, account),
      adjust(desk, account),
      compensate(desk, account.account),
      auditAccount(desk, account.account),
      setLimits(desk, account),
      arrange(desk, account),
      closeAccount(desk, account),
    ],
    [desk, account],
  )
}
