import type { Audit } from '@lotkeeper/client'
import { useCallback, useState } from 'react'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact, Moment } from '../../shared/parts.tsx'
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
export function Audits({ account: { account, email, language }, opened, version }: ViewProps) {
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
                  <AuditFacts audit={audit} />
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

function AuditFacts({ audit: { id, account, findings, bonus, approval } }: { audit: Audit }) {
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
      {approval && <Link to={href(['inbox'], { account, kind: 'audit_approval' })}>{t.approve}</Link>}
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
