import type { ListedAccount } from '@lotkeeper/client'
import { useMemo } from 'react'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import type { LongColumn } from '../parts/long-table.tsx'
import { AccountLink } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'

const { columns: names, waiting, closed } = texts.accounts
const amounts = ['available', 'held', 'frozen', 'debt'] as const

/** The columns of the list of accounts. */
export function useColumns(): LongColumn<ListedAccount>[] {
  const { f } = useLocale()
  return useMemo(
    () => [
      { id: 'account', header: names.account, cell: ({ row }) => <Name account={row.original} /> },
      { id: 'email', header: names.email, cell: ({ row }) => row.original.email ?? texts.none },
      {
        id: 'plans',
        header: names.plans,
        cell: ({ row }) => row.original.plans.map(humanize).join(', ') || texts.none,
      },
      ...amounts.map(
        (amount): LongColumn<ListedAccount> => ({
          id: amount,
          header: names[amount],
          meta: { className: 'number' },
          cell: ({ row }) => f.number(row.original[amount]),
        }),
      ),
      { id: 'created', header: names.created, cell: ({ row }) => f.day(row.original.created_at) },
    ],
    [f],
  )
}

function Name({ account: { account, closed_at, needs_attention } }: { account: ListedAccount }) {
  return (
    <>
      <AccountLink account={account} />
      {closed_at && <span className="tag">{closed}</span>}
      {needs_attention && <span className="tag late">{waiting}</span>}
    </>
  )
}
