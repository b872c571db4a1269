import { useMemo } from 'react'
import { useLocale } from '../../../shared/locale.ts'
import { Moment } from '../../../shared/parts.tsx'
import { useCalls } from '../../api/calls.ts'
import { useMay } from '../../api/session.ts'
import { Detail } from '../../parts/events.tsx'
import { Empty, Failure, Waiting } from '../../parts/states.tsx'
import { Link, navigate, useAddress, useHref } from '../../shell/navigation.tsx'
import { texts } from '../../texts/index.ts'
import type { ViewProps } from '../view.ts'
import type { Happening, Kind } from './happening.ts'
import { useMerged } from './merged.ts'
import { sourcesOf } from './sources.ts'

const t = texts.account

const FOR_SUPPORT = ['support', 'email']

/** Everything that happened to an account, newest first, with the reasons. */
export function Timeline({ account }: ViewProps) {
  const calls = useCalls()
  const { f } = useLocale()
  const { query } = useAddress()
  const kind = query.get('kind')
  const sources = useMemo(() => sourcesOf(calls, account, f), [calls, account, f])
  const maySupport = useMay('support')
  const chosen = useMemo(() => {
    const readable = Object.entries(sources).filter(([each]) => maySupport || !FOR_SUPPORT.includes(each))
    return Object.fromEntries(readable.filter(([each]) => kind === null || each === kind))
  }, [sources, kind, maySupport])
  const { happenings, error, earlier, reload } = useMerged(chosen as Record<Kind, (typeof sources)[Kind]>)
  return (
    <>
      <KindFilter account={account.account} kind={kind} />
      {error && <Failure error={error} retry={reload} />}
      {!error && !happenings && <Waiting />}
      {happenings?.length === 0 && <Empty>{t.timeline_none}</Empty>}
      {happenings && happenings.length > 0 && (
        <ol className="happenings">
          {happenings.map(happening => (
            <HappeningRow key={happening.key} account={account.account} happening={happening} />
          ))}
        </ol>
      )}
      {earlier && (
        <button type="button" onClick={earlier}>
          {t.earlier}
        </button>
      )}
    </>
  )
}

function KindFilter({ account, kind }: { account: string; kind: string | null }) {
  const href = useHref()
  return (
    <div className="filters">
      <label className="field">
        {t.timeline_kinds}
        <select
          value={kind ?? ''}
          onChange={event => navigate(href(['accounts', account, 'timeline'], { kind: event.target.value }))}
        >
          <option value="">{t.all_kinds}</option>
          {Object.entries(t.kinds).map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

function HappeningRow({ account, happening }: { account: string; happening: Happening }) {
  const { f } = useLocale()
  const href = useHref()
  const { at, kind, title, reason, detail, amount, to } = happening
  return (
    <li className={kind}>
      <Moment at={at} />
      <div>
        {to ? <Link to={href(['accounts', account, ...to])}>{title}</Link> : <strong>{title}</strong>}{' '}
        <span className="tag">{t.kinds[kind]}</span>
        {reason && <p>{reason}</p>}
        <Detail detail={detail} />
      </div>
      <span className="cost">{amount !== null && f.signed(amount)}</span>
    </li>
  )
}
