import { useCallback } from 'react'
import { useCalls } from '../api/calls.ts'
import { usePages } from '../api/loaded.ts'
import { LongTable } from '../parts/long-table.tsx'
import { Empty, Failure, Ready } from '../parts/states.tsx'
import { navigate, useAddress, useHref } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'
import { useColumns } from './columns.tsx'
import { AccountFilter, filterOf } from './filter.tsx'

const t = texts.accounts
const PAGE = 100

/** The accounts of the product, newest first. */
export function Accounts() {
  const { query } = useAddress()
  const href = useHref()
  const calls = useCalls()
  const asked = query.toString()
  const load = useCallback(
    (cursor?: string) => {
      const filter = filterOf(new URLSearchParams(asked))
      return calls.get('/v1/accounts', { params: { query: { ...filter, limit: PAGE, cursor } } })
    },
    [calls, asked],
  )
  const pages = usePages(load)
  const columns = useColumns()
  return (
    <>
      <h1>{t.title}</h1>
      <AccountFilter query={query} onChange={changed => navigate(href(['accounts'], changed), { replace: true })} />
      <Ready of={pages}>
        {rows =>
          rows.length === 0 ? (
            <Empty>{query.size > 0 ? t.empty : t.none}</Empty>
          ) : (
            <LongTable
              key={asked}
              label={t.title}
              columns={columns}
              rows={rows}
              pages={pages}
              idOf={({ account }) => account}
            />
          )
        }
      </Ready>
      {pages.value && pages.error && <Failure error={pages.error} />}
    </>
  )
}
