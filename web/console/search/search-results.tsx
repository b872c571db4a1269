import type { SearchResult } from '@lotkeeper/client'
import { useCallback, useEffect } from 'react'
import { Moment } from '../../shared/parts.tsx'
import { useCalls } from '../api/calls.ts'
import { useLoaded } from '../api/loaded.ts'
import { Empty, Ready } from '../parts/states.tsx'
import { Link, navigate, useAddress, useHref } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'

const t = texts.found

/** What a search found; a single exact result is shown at once. */
export function SearchResults() {
  const { query } = useAddress()
  const q = query.get('q') ?? ''
  const calls = useCalls()
  const load = useCallback(() => calls.get('/v1/search', { params: { query: { q } } }), [calls, q])
  const found = useLoaded(load)
  const results = found.value?.data ?? []
  const addressOf = useResultAddress()
  const only = results.length === 1 && results[0]?.exact ? addressOf(results[0]) : undefined
  useEffect(() => {
    if (only) navigate(only, { replace: true })
  }, [only])
  return (
    <>
      <h1>{t.title(q)}</h1>
      <Ready of={found}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{t.nothing}</Empty>
          ) : (
            <ul className="happenings">
              {data.map(result => (
                <Result key={`${result.kind} ${result.id}`} result={result} to={addressOf(result)} />
              ))}
            </ul>
          )
        }
      </Ready>
    </>
  )
}

function Result({ result: { kind, id, title, account, when, matched }, to }: { result: SearchResult; to: string }) {
  return (
    <li>
      <Moment at={when} />
      <div>
        <Link to={to}>{id}</Link> <span className="tag">{t.kinds[kind]}</span>
        {t.clues[matched] && <span className="tag">{t.by(t.clues[matched])}</span>}
        <p>
          {title} {kind !== 'account' && account && <span className="soft">{account}</span>}
        </p>
      </div>
      <span />
    </li>
  )
}

/** Where a result is shown. */
function useResultAddress(): (result: SearchResult) => string {
  const href = useHref()
  return useCallback(
    ({ kind, id, account }) =>
      account === null
        ? href(['inbox'], { kind: 'unassigned_payment' })
        : href(kind === 'account' ? ['accounts', id] : ['accounts', account, `${kind}s`, id]),
    [href],
  )
}
