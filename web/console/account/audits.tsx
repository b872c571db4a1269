import type { Audit } from '@lotkeeper/client'
import { useCallback, useState } from 'react'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact, Moment } from '../../shared/parts.tsx'
import { restoreDeduction } from '../acts/audit.ts'
import { useDesk } from '../acts/desk.ts'
import { ActButton } from '../acts/host.tsx'
import { useCalls } from '../api/calls.ts'
import { useLoaded } from '../api/loaded.ts'
import { Opened } from '../parts/opened.tsx'
import { Empty, Ready } from '../parts/states.tsx'
import { WorkflowLink } from '../parts/workflow-link.tsx'
import { Link, useHref } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'
import type { ViewProps } from './view.ts'

const t = texts.account

/** The audits of an account, each with its explanation to send to the customer. */
export function Audits({ account: { account, email, language }, opened, version, reload }: ViewProps) {
  const calls = useCalls()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act changes what is loaded
  const load = useCallback(
    () =>
      calls.get('/v1/accounts/{account}/audits', {
        params: { path: { account }, query: { limit: 20, ...(language && { language }) } },
      }),
    [calls, account, language, version],
  )
  return (
    <Ready of={useLoaded(load)}>
      {({ data }) =>
        data.length === 0 ? (
          <Empty>{t.audits_none}</Empty>
        ) : (
          <ul className="history">
            {data.map((audit, index) => (
              <li key={audit.id}>
                <Opened open={opened === null ? index === 0 : audit.id === opened} summary={<Summary audit={audit} />}>
                  <AuditFacts audit={audit} reload={reload} />
                  <Explanation text={audit.explanation} email={email} />
                </Opened>
              </li>
            ))}
          </ul>
        )
      }
    </Ready>
  )
}

function Summary({ audit: { state, findings, requested_at } }: { audit: Audit }) {
  const { f } = useLocale()
  return (
    <>
      <span className="what">
        <strong>{findings.length === 0 ? t.finding_none : `${t.findings}: ${f.number(findings.length)}`}</strong>
        <span className={`tag ${state === 'awaiting_approval' ? 'late' : ''}`}>{humanize(state)}</span>
      </span>
      <Moment at={requested_at} />
    </>
  )
}

type FactsProps = { audit: Audit; reload: () => void }

function AuditFacts({ audit, reload }: FactsProps) {
  const { id, account, findings, bonus, approval } = audit
  const { f } = useLocale()
  const href = useHref()
  return (
    <>
      <dl className="facts">
        <Fact name={texts.inbox.subjects.audit ?? ''}>
          {id}
          <WorkflowLink kind="audit" id={id} />
        </Fact>
        {bonus > 0 && <Fact name={t.bonus}>{f.number(bonus)}</Fact>}
      </dl>
      <ul>
        {findings.map(({ kind, subject, credits, repaired }) => (
          <li key={`${kind} ${subject}`}>
            {humanize(kind)}: {f.signed(credits)}, {repaired ? t.repaired : t.reported}{' '}
            <span className="soft small">{subject}</span>
          </li>
        ))}
      </ul>
      <Deductions audit={audit} reload={reload} />
      {approval && <Link to={href(['inbox'], { account, kind: 'audit_approval' })}>{t.approve}</Link>}
    </>
  )
}

/** What support took, so that a mistake can be restored. */
function Deductions({ audit, reload }: FactsProps) {
  const { t: shared } = useLocale()
  const desk = useDesk()
  const { by_support } = audit.deductions
  if (by_support.length === 0) return null
  return (
    <>
      <h2 className="label">{t.taken}</h2>
      <ul>
        {by_support.map(taken => (
          <li key={taken.id} className="row">
            {t.taken_for(shared.credits(taken.credits), taken.reason)}{' '}
            {taken.restored ? (
              <span className="tag">{t.restored}</span>
            ) : (
              <ActButton act={restoreDeduction(desk, audit, taken)} onDone={reload} />
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What the customer can be told, to copy or to send. */
function Explanation({ text, email }: { text: string; email: string | null }) {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    )
  return (
    <>
      <h2 className="label">{t.explanation}</h2>
      <p className="explanation">{text}</p>
      <div className="actions">
        <button type="button" onClick={copy}>
          {copied ? t.copied : t.copy}
        </button>
        {email && (
          <a className="button" href={`mailto:${email}?body=${encodeURIComponent(text)}`}>
            {t.send}
          </a>
        )}
      </div>
    </>
  )
}
