import type { Membership } from '@lotkeeper/client'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact } from '../../shared/parts.tsx'
import { useDesk } from '../acts/desk.ts'
import { ActButton } from '../acts/host.tsx'
import { actsForMembership } from '../acts/memberships/acts.ts'
import { useMay } from '../api/session.ts'
import { Events } from '../parts/events.tsx'
import { Opened } from '../parts/opened.tsx'
import { Empty } from '../parts/states.tsx'
import { WorkflowLink } from '../parts/workflow-link.tsx'
import { texts } from '../texts/index.ts'
import type { ViewProps } from './view.ts'

const t = texts.account

/** The memberships of an account, those that run first. */
export function Memberships({ account, opened, reload }: ViewProps) {
  const { memberships } = account
  if (memberships.length === 0) return <Empty>{t.memberships_none}</Empty>
  return (
    <ul className="items">
      {memberships
        .toSorted((a, b) => Number(a.state === 'ended') - Number(b.state === 'ended'))
        .map(membership => (
          <li key={membership.id} className="item">
            <MembershipItem membership={membership} others={memberships} opened={opened} reload={reload} />
          </li>
        ))}
    </ul>
  )
}

type ItemProps = { membership: Membership; others: Membership[]; opened: string | null; reload: () => void }

function MembershipItem({ membership, others, opened, reload }: ItemProps) {
  const desk = useDesk()
  const maySupport = useMay('support')
  const { id, plan, slots, state, history } = membership
  return (
    <>
      <h2>
        {humanize(plan)} {slots > 1 && `× ${slots}`} <span className={`tag ${state}`}>{humanize(state)}</span>
      </h2>
      <MembershipFacts membership={membership} />
      {maySupport && (
        <div className="actions">
          {actsForMembership(desk, membership, others).map(act => (
            <ActButton key={act.button} act={act} onDone={reload} />
          ))}
        </div>
      )}
      <Opened open={id === opened} summary={<span className="what">{t.show_history}</span>}>
        <Events events={history} />
      </Opened>
    </>
  )
}

function MembershipFacts({ membership }: { membership: Membership }) {
  const { f, t: shared } = useLocale()
  const { id, provider, external_id, paid_through, trial_ends_at, next_grant, scheduled_change } = membership
  return (
    <dl className="facts">
      <Fact name={texts.acts.membership}>
        {id}
        <WorkflowLink kind="membership" id={id} />
      </Fact>
      <Fact name={t.provider}>
        {humanize(provider)} {external_id}
      </Fact>
      <Fact name={t.paid_through}>{paid_through ? f.moment(paid_through) : texts.none}</Fact>
      {trial_ends_at && <Fact name={t.trial_ends}>{f.moment(trial_ends_at)}</Fact>}
      {next_grant && (
        <Fact name={t.next_credits}>{t.credits_at(shared.credits(next_grant.amount), f.moment(next_grant.at))}</Fact>
      )}
      {membership.cancel_at_period_end && <Fact name={t.scheduled}>{t.ends_at_period}</Fact>}
      {scheduled_change && (
        <Fact name={t.scheduled}>
          {t.scheduled_to(humanize(scheduled_change.plan), scheduled_change.slots, f.moment(scheduled_change.at))}
        </Fact>
      )}
    </dl>
  )
}
