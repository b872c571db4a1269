import type { AttentionItem } from '@lotkeeper/client'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact, Moment } from '../../shared/parts.tsx'
import { actsFor } from '../acts/attention/ways-out.ts'
import { useDesk } from '../acts/desk.ts'
import { ActButton } from '../acts/host.tsx'
import { useMay } from '../api/session.ts'
import { WorkflowLink } from '../parts/workflow-link.tsx'
import { AccountLink, Link, useHref } from '../shell/navigation.tsx'
import { texts } from '../texts/index.ts'

const t = texts.inbox

/** Something that needs a person: its facts, and a button for each way out. */
export function InboxItem({ item, reload }: { item: AttentionItem; reload: () => void }) {
  const { f } = useLocale()
  const { title, reason, account, since, due_at, amount, currency, subject } = item
  const now = new Date().toISOString()
  return (
    <article className="item" aria-label={title}>
      <h2>
        {title} {due_at <= now && <span className="tag late">{t.overdue}</span>}
        {amount !== null && currency !== null && <span className="cost">{f.money(amount, currency)}</span>}
      </h2>
      <p className="why">{reason}</p>
      <dl className="facts">
        <Fact name={t.due}>
          <Moment at={due_at} /> <span className="soft">({f.distance(due_at, now)})</span>
        </Fact>
        <Fact name={t.since}>
          <Moment at={since} />
        </Fact>
        {account !== null && (
          <Fact name={t.account}>
            <AccountLink account={account} />
          </Fact>
        )}
        <Fact name={t.subjects[subject.type] ?? humanize(subject.type)}>
          <Subject item={item} />
          <WorkflowLink kind={subject.type} id={subject.id} />
        </Fact>
      </dl>
      <Ways item={item} reload={reload} />
    </article>
  )
}

/** What of an account has a screen of its own, by the type of the subject. */
const screens: Record<string, string> = {
  purchase: 'purchases',
  refund: 'purchases',
  membership: 'memberships',
  generation: 'generations',
  audit: 'audits',
}

function Subject({ item: { account, subject } }: { item: AttentionItem }) {
  const href = useHref()
  // A refund is of a purchase, or of a payment of a membership.
  const screen = subject.id.startsWith('mem_') ? 'memberships' : screens[subject.type]
  if (account === null || screen === undefined) return subject.id
  return <Link to={href(['accounts', account, screen, subject.id])}>{subject.id}</Link>
}

function Ways({ item, reload }: { item: AttentionItem; reload: () => void }) {
  const desk = useDesk()
  const acts = actsFor(desk, item)
  if (!useMay('support')) return <p className="soft">{t.read_only}</p>
  if (acts.length === 0) return <p className="soft">{t.nothing_to_do}</p>
  return (
    <div className="actions">
      {acts.map((act, index) => (
        <ActButton key={act.button} act={act} onDone={reload} primary={index === 0} />
      ))}
    </div>
  )
}
