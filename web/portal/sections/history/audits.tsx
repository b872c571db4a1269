import type { Audit } from '../../../shared/api-types.ts'
import { useLocale } from '../../../shared/locale.ts'
import { Moment } from '../../../shared/parts.tsx'

/** The audits of the account, each with its explanation (BR-16). Left out while there are none. */
export function Audits({ audits }: { audits: Audit[] }) {
  const { t } = useLocale()
  if (audits.length === 0) return null
  return (
    <section aria-labelledby="audits-title">
      <h2 id="audits-title">{t.audits}</h2>
      <ul className="history">
        {audits.map(({ id, requested_at, explanation, deductions, bonus }, n) => (
          <li key={id}>
            <details open={n === 0}>
              <summary>
                <span className="what">
                  <strong>{t.audit}</strong>{' '}
                  {deductions.by_support.some(({ restored }) => restored) && (
                    <span className="tag">{t.audit_restored}</span>
                  )}
                </span>
                <Moment at={requested_at} />
                <span className="cost">{bonus > 0 && t.credits(bonus)}</span>
              </summary>
              <div className="inside">
                <Explanation text={explanation} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A sentence a line; lines that begin with a hyphen are items of a list. */
function Explanation({ text }: { text: string }) {
  return text.split('\n').map(line =>
    line.startsWith('- ') ? (
      <ul className="findings" key={line}>
        <li>{line.slice(2)}</li>
      </ul>
    ) : (
      <p key={line}>{line}</p>
    ),
  )
}
