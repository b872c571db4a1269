import { humanize } from '../../shared/format.ts'
import { texts } from '../texts/index.ts'
import { totalOf, useCounts } from './counts.ts'

const t = texts.inbox

type Props = {
  kind: string | null
  account: string | null
  onChange: (filter: { kind?: string | null; account?: null }) => void
}

/** The kinds that wait, with how many of each. */
export function InboxFilter({ kind, account, onChange }: Props) {
  const { value } = useCounts()
  const waiting = Object.entries(value?.counts ?? {}).filter(([each, count]) => count > 0 || each === kind)
  return (
    <div className="filters">
      <label className="field">
        {t.what}
        <select value={kind ?? ''} onChange={event => onChange({ kind: event.target.value || null })}>
          <option value="">
            {t.all} {value && `(${totalOf(value)})`}
          </option>
          {waiting.map(([each, count]) => (
            <option key={each} value={each}>
              {humanize(each)} ({count})
            </option>
          ))}
        </select>
      </label>
      {account !== null && (
        <p>
          {t.of_account(account)}{' '}
          <button type="button" className="link" onClick={() => onChange({ account: null })}>
            {t.show_all}
          </button>
        </p>
      )}
    </div>
  )
}
