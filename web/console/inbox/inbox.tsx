import type { AttentionItem } from '@lotkeeper/client'
import { useCallback } from 'react'
import { useCalls } from '../api/calls.ts'
import { type Pages, usePages } from '../api/loaded.ts'
import { Empty, More, Ready } from '../parts/states.tsx'
import { navigate, useAddress, useHref } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'
import { totalOf, useCounts } from './counts.ts'
import { InboxFilter } from './filter.tsx'
import { InboxItem } from './item.tsx'

const t = texts.inbox
const PAGE = 20

/** Everything that needs a person, the earliest due time first. */
export function Inbox() {
  const { query } = useAddress()
  const href = useHref()
  const kind = query.get('kind')
  const account = query.get('account')
  const items = useItems(kind, account)
  const counts = useCounts()
  return (
    <>
      <div className="heading">
        <h1>{t.title}</h1>
        {counts.value && <p className="soft">{t.summary(totalOf(counts.value), counts.value.overdue)}</p>}
      </div>
      <InboxFilter
        kind={kind}
        account={account}
        onChange={changed => navigate(href(['inbox'], { kind, account, ...changed }))}
      />
      <Ready of={items}>{list => <Items list={list} isFiltered={kind !== null} reload={items.reload} />}</Ready>
      <More of={items} />
    </>
  )
}

/** The items of a kind and an account; of all if null. */
export function useItems(kind: string | null, account: string | null): Pages<AttentionItem> {
  const calls = useCalls()
  const load = useCallback(
    (cursor?: string) => {
      const query = {
        limit: PAGE,
        cursor,
        account: account ?? undefined,
        kind: (kind as AttentionItem['kind']) ?? undefined,
      }
      return calls.get('/v1/attention', { params: { query } })
    },
    [calls, kind, account],
  )
  return usePages(load)
}

type ItemsProps = { list: AttentionItem[]; isFiltered: boolean; reload: () => void }

function Items({ list, isFiltered, reload }: ItemsProps) {
  if (list.length === 0) return <Empty>{isFiltered ? t.empty_filtered : t.empty}</Empty>
  return (
    <ul className="items">
      {list.map(item => (
        <li key={item.id}>
          <InboxItem item={item} reload={reload} />
        </li>
      ))}
    </ul>
  )
}
